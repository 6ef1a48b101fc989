import { createHash } from 'node:crypto';
import { pacedCall, type RetryDecision } from '../../../../core/http/client/index.js';
import { type RateLimiter, StateSourceError } from '../../../../core/providers/index.js';
import type { HttpDelivery } from '../transfer/http-delivery.js';
import type { Delivery } from '../transfer/streamed-document.js';
import { type Fields, fieldsOf } from './json-api.js';

export interface TfePlace {
  readonly delivery: HttpDelivery;
  readonly origin: string;
  /** The source as the user knows it. */
  readonly source: string;
  readonly token: string | null;
  readonly limits: RateLimiter;
  /** Milliseconds one call may take. */
  readonly callTimeoutMs: number;
}

export type Query = Readonly<Record<string, string>>;

export const NEEDS = 'a user or team token that may read state versions of the workspace';
const JSON_API = 'application/vnd.api+json';
const PATIENCE = { attempts: 6, baseDelayMs: 250, maxDelayMs: 30_000 };

/** GET calls of one host, each in its turn and repeated where that helps. Throws `StateSourceError`. */
export class TfeClient {
  #base: Promise<URL> | null = null;

  constructor(private readonly place: TfePlace) {}

  get source(): string {
    return this.place.source;
  }

  get origin(): string {
    return this.place.origin;
  }

  async get(
    path: string,
    query: Query,
    signal: AbortSignal,
    { source = this.place.source, needs = NEEDS } = {},
  ): Promise<Fields> {
    const url = new URL(path, await this.#apiBase(signal));
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const headers = { accept: JSON_API, ...this.#authorization() };
    return fieldsOf(
      await this.#paced(signal, (bounded) =>
        this.place.delivery.json({ source, url, headers, needs, signal: bounded }),
      ),
    );
  }

  /** The archive of HCP Terraform has signed addresses and gets no token; a host of its own may need it, before any redirect. */
  download(url: URL, source: string, signal: AbortSignal): Promise<Delivery> {
    const own = url.origin === this.place.origin;
    const headers = { accept: 'application/json', ...(own ? this.#authorization() : {}) };
    return this.place.delivery.stream({ source, url, headers, needs: NEEDS, signal });
  }

  strange(what: string, source = this.place.source): StateSourceError {
    return new StateSourceError('answer-invalid', source, `${what}.`);
  }

  /** A user's calls are counted together, whatever they ask for. */
  #paced<T>(signal: AbortSignal, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { limits, callTimeoutMs, origin, token } = this.place;
    const whose = createHash('sha256').update(token ?? '');
    const account = `${origin} ${whose.digest('base64url')}`;
    const key = { provider: 'other' as const, account, operation: 'hcp-terraform:read' };
    return pacedCall({ limits, retry: PATIENCE, callTimeoutMs, decide }, key, signal, call);
  }

  /**
   * Where the host says its API is (`tfe.v2` of https://developer.hashicorp.com/terraform/internals/remote-service-discovery). Only a path
   * of the same host: another one would get the token.
   */
  async #apiBase(signal: AbortSignal): Promise<URL> {
    this.#base ??= this.#discover(signal);
    try {
      return await this.#base;
    } catch (error) {
      this.#base = null;
      throw error;
    }
  }

  async #discover(signal: AbortSignal): Promise<URL> {
    const { delivery, origin, source } = this.place;
    const url = new URL('/.well-known/terraform.json', origin);
    const needs = 'a host that serves the HCP Terraform API (service discovery)';
    const services = fieldsOf(
      await this.#paced(signal, (bounded) =>
        delivery.json({ source, url, needs, signal: bounded }),
      ),
    );
    const found = services['tfe.v2'];
    if (typeof found !== 'string') throw this.strange('the host offers no service tfe.v2');
    const base = URL.parse(found.endsWith('/') ? found : `${found}/`, origin);
    if (base?.origin !== origin) {
      throw this.strange('its service tfe.v2 is at another host, which gets no token');
    }
    return base;
  }

  #authorization(): Record<string, string> {
    const { token } = this.place;
    return token === null ? {} : { authorization: `Bearer ${token}` };
  }
}

function decide(error: unknown): RetryDecision {
  if (!(error instanceof StateSourceError)) return 'give-up';
  const passing = error.failure === 'throttled' || error.failure === 'unreachable';
  return passing ? { afterMs: error.retryAfterMs } : 'give-up';
}
