import type { Readable } from 'node:stream';
import { type Dispatcher, request } from 'undici';
import { type DispatcherOptions, guardedDispatcher } from './guarded-agents.js';
import type { OutboundGuard } from './outbound-guard.js';
import { outboundErrors } from './outbound.errors.js';

const MAX_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** All that is told to a host nobody named; headers of the first request may be secrets under any name. */
const HARMLESS = new Set(['accept', 'accept-encoding', 'user-agent']);

export interface OutboundRequest {
  readonly method?: 'GET' | 'HEAD' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
  readonly signal: AbortSignal;
}

export interface OutboundAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Read or destroy it. */
  readonly body: Readable;
  /** Where the answer came from after redirects. */
  readonly url: URL;
}

/** HTTP requests to hosts a tenant named, each connection through the guard. Answers of any status are answers. */
export class OutboundClient {
  readonly #dispatcher: Dispatcher;

  constructor(guard: OutboundGuard, options: DispatcherOptions = {}) {
    this.#dispatcher = guardedDispatcher(guard, options);
  }

  /**
   * Redirects of GET and HEAD are followed, at most five, never from https to http; another origin gets none of the headers.
   *
   * @throws DomainError `OUTBOUND.*`, or what the connection failed with
   */
  async request(target: string | URL, options: OutboundRequest): Promise<OutboundAnswer> {
    let url = new URL(target);
    let headers = lowerCased(options.headers ?? {});
    const method = options.method ?? 'GET';
    for (let redirects = 0; ; redirects += 1) {
      const answer = await request(url, {
        dispatcher: this.#dispatcher,
        method,
        headers,
        body: options.body ?? null,
        signal: options.signal,
      });
      const location = answer.headers.location;
      const follow = method !== 'POST' && REDIRECTS.has(answer.statusCode);
      if (!follow || typeof location !== 'string') {
        return { status: answer.statusCode, headers: answer.headers, body: answer.body, url };
      }
      await answer.body.dump();
      if (redirects === MAX_REDIRECTS) {
        throw outboundErrors.redirectForbidden(url.host, `more than ${MAX_REDIRECTS} in a row`);
      }
      const next = redirectTarget(url, location);
      if (next.origin !== url.origin) headers = harmless(headers);
      url = next;
    }
  }

  async close(): Promise<void> {
    await this.#dispatcher.destroy();
  }
}

function redirectTarget(from: URL, location: string): URL {
  const next = URL.parse(location, from);
  if (next === null || (next.protocol !== 'http:' && next.protocol !== 'https:')) {
    throw outboundErrors.redirectForbidden(from.host, 'its target is no http or https address');
  }
  if (from.protocol === 'https:' && next.protocol === 'http:') {
    throw outboundErrors.redirectForbidden(from.host, 'it leads from https to http');
  }
  if (next.username !== '' || next.password !== '') {
    throw outboundErrors.redirectForbidden(from.host, 'its target carries a user name');
  }
  return next;
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

function harmless(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => HARMLESS.has(name)));
}
