import { HttpMethod, IsomorphicFetchHttpLibrary, RequestContext } from '@kubernetes/client-node';
import { pacedCall, parseRetryAfter } from '../../core/http/client/index.js';
import type { RateLimiter } from '../../core/providers/index.js';
import { guardedAuthentication } from './guarded-authentication.js';
import type { KubernetesConnection } from './kubernetes.connection.js';
import {
  CredentialSourceError,
  KubernetesStatusError,
  retryDecision,
} from './kubernetes.errors.js';
import type { KubernetesInventoryOptions } from './kubernetes.options.js';

type Dispatcher = NonNullable<ReturnType<RequestContext['getDispatcher']>>;

/** How long an authorization header is used before it is asked for again; projected tokens rotate. */
const AUTHENTICATION_LIFETIME_MS = 60_000;

/**
 * The SDK's transport and authentication with raw JSON answers: its typed lists drop every field the SDK's own release does
 * not know. Throws `KubernetesStatusError` for answers other than 2xx.
 */
export class KubernetesApi {
  private readonly transport = new IsomorphicFetchHttpLibrary();
  private dispatcher: Dispatcher | undefined;
  private headers: Readonly<Record<string, string>> = {};
  private authenticatedUntil = 0;

  constructor(
    private readonly connection: KubernetesConnection,
    private readonly options: KubernetesInventoryOptions,
    private readonly limits: RateLimiter,
  ) {}

  get(
    path: string,
    query: Readonly<Record<string, string>>,
    signal: AbortSignal,
    accept = 'application/json',
  ): Promise<unknown> {
    return this.repeat(signal, (attempt) => {
      const context = this.request(HttpMethod.GET, path, attempt);
      for (const [name, value] of Object.entries(query)) context.setQueryParam(name, value);
      context.setHeaderParam('Accept', accept);
      return this.send(context);
    });
  }

  post(path: string, body: unknown, signal: AbortSignal): Promise<unknown> {
    return this.repeat(signal, (attempt) => {
      const context = this.request(HttpMethod.POST, path, attempt);
      context.setHeaderParam('Accept', 'application/json');
      context.setHeaderParam('Content-Type', 'application/json');
      context.setBody(JSON.stringify(body));
      return this.send(context);
    });
  }

  async close(): Promise<void> {
    const { dispatcher } = this;
    this.dispatcher = undefined;
    await dispatcher?.destroy();
  }

  private repeat<T>(signal: AbortSignal, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const pacing = { ...this.options, limits: this.limits, decide: retryDecision };
    const account = this.connection.server;
    return pacedCall(pacing, { provider: 'kubernetes', account, operation: 'read' }, signal, call);
  }

  private request(method: HttpMethod, path: string, signal: AbortSignal): RequestContext {
    const context = new RequestContext(`${this.connection.server}${path}`, method);
    context.setSignal(signal);
    return context;
  }

  private async send(context: RequestContext): Promise<unknown> {
    await this.authenticate();
    for (const [name, value] of Object.entries(this.headers)) context.setHeaderParam(name, value);
    if (this.dispatcher) context.setDispatcher(this.dispatcher);
    const response = await this.transport.send(context).toPromise();
    const body = await response.body.text();
    if (response.httpStatusCode >= 200 && response.httpStatusCode < 300) return JSON.parse(body);
    const status = statusOf(body);
    const retryAfter = parseRetryAfter(response.headers['retry-after']);
    throw new KubernetesStatusError(
      response.httpStatusCode,
      status.reason,
      status.message,
      retryAfter,
    );
  }

  /** The SDK makes a connection pool for each call it authenticates; one is kept, so that sockets are reused and can be closed. */
  private async authenticate(): Promise<void> {
    if (Date.now() < this.authenticatedUntil) return;
    const { headers, dispatcher } = await this.authentication();
    this.headers = headers;
    this.dispatcher ??= dispatcher();
    this.authenticatedUntil = Date.now() + AUTHENTICATION_LIFETIME_MS;
  }

  private async authentication(): Promise<{
    readonly headers: Readonly<Record<string, string>>;
    readonly dispatcher: () => Dispatcher | undefined;
  }> {
    const { config, server, outbound } = this.connection;
    try {
      if (outbound !== null) return await guardedAuthentication(config, outbound);
      const context = new RequestContext(server, HttpMethod.GET);
      await config.applySecurityAuthentication(context);
      return { headers: context.getHeaders(), dispatcher: () => context.getDispatcher() };
    } catch (error) {
      throw CredentialSourceError.from(error);
    }
  }
}

/** Of a `Status` body; empty where something else answers, whose text is nobody's business. */
function statusOf(body: string): { reason: string; message: string } {
  try {
    const { kind, reason, message } = JSON.parse(body) as Record<string, unknown>;
    if (kind !== 'Status') return { reason: '', message: '' };
    return {
      reason: typeof reason === 'string' ? reason : '',
      message: typeof message === 'string' ? message : '',
    };
  } catch {
    return { reason: '', message: '' };
  }
}
