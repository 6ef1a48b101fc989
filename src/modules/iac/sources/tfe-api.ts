import { retry, type RetryDecision } from '../../../core/http/client/index.js';
import { StateSourceError } from '../../../core/providers/index.js';
import type { HttpDelivery } from './transfer/http-delivery.js';
import type { Delivery } from './transfer/streamed-document.js';

export interface TfeWorkspace {
  readonly id: string;
  readonly name: string;
  /** Id of the current state version; null where nothing was applied yet. */
  readonly stateVersion: string | null;
}

export interface TfeStateVersion {
  readonly id: string;
  readonly serial: number | null;
  readonly download: URL;
}

interface Place {
  readonly delivery: HttpDelivery;
  readonly origin: string;
  readonly source: string;
  readonly token: string | null;
}

type Fields = Readonly<Record<string, unknown>>;

/** The most a page may have: https://developer.hashicorp.com/terraform/cloud-docs/api-docs#pagination */
const PAGE_SIZE = 100;
const NEEDS = 'a user or team token that may read state versions of the workspace';
/** Thirty calls a second are allowed to a user: https://developer.hashicorp.com/terraform/cloud-docs/api-docs#rate-limiting */
const PATIENCE = { attempts: 6, baseDelayMs: 250, maxDelayMs: 5000 };
const JSON_API = 'application/vnd.api+json';

/** The read calls of the HCP Terraform API (JSON:API). Throws `StateSourceError`. */
export class TfeApi {
  #base: Promise<URL> | null = null;

  constructor(private readonly place: Place) {}

  async workspace(organization: string, name: string, signal: AbortSignal): Promise<TfeWorkspace> {
    const path = `organizations/${organization}/workspaces/${encodeURIComponent(name)}`;
    const { data } = await this.#get(path, {}, signal);
    return this.#workspaceOf(fieldsOf(data));
  }

  async *workspaces(
    organization: string,
    { tag, project }: { readonly tag: string | null; readonly project: string | null },
    signal: AbortSignal,
  ): AsyncGenerator<TfeWorkspace> {
    let page: number | null = 1;
    do {
      const query: Record<string, string> = {
        'page[size]': String(PAGE_SIZE),
        'page[number]': String(page),
        ...(tag === null ? {} : { 'search[tags]': tag }),
        ...(project === null ? {} : { 'filter[project][id]': project }),
      };
      const answer = await this.#get(`organizations/${organization}/workspaces`, query, signal);
      if (!Array.isArray(answer.data)) throw this.#strange('the list of workspaces is no list');
      for (const one of answer.data) yield this.#workspaceOf(fieldsOf(one));
      const next = fieldsOf(fieldsOf(answer.meta).pagination)['next-page'];
      // A page that leads to itself would never end.
      page = typeof next === 'number' && next > page ? next : null;
    } while (page !== null);
  }

  async currentState(
    { id }: TfeWorkspace,
    source: string,
    signal: AbortSignal,
  ): Promise<TfeStateVersion> {
    const path = `workspaces/${encodeURIComponent(id)}/current-state-version`;
    const data = fieldsOf((await this.#get(path, {}, signal, source)).data);
    const attributes = fieldsOf(data.attributes);
    const link = attributes['hosted-state-download-url'];
    const download = typeof link === 'string' ? URL.parse(link, this.place.origin) : null;
    if (download === null || typeof data.id !== 'string') {
      throw this.#strange('the state version has no download address', source);
    }
    const { serial } = attributes;
    return { id: data.id, serial: typeof serial === 'number' ? serial : null, download };
  }

  /** The archive of HCP Terraform has signed addresses and gets no token; a host of its own may need it, before any redirect. */
  download(url: URL, source: string, signal: AbortSignal): Promise<Delivery> {
    const own = url.origin === this.place.origin;
    const headers = { accept: 'application/json', ...(own ? this.#authorization() : {}) };
    return this.place.delivery.stream({ source, url, headers, needs: NEEDS, signal });
  }

  async #get(
    path: string,
    query: Readonly<Record<string, string>>,
    signal: AbortSignal,
    source = this.place.source,
  ): Promise<Fields> {
    const url = new URL(path, await this.#apiBase(signal));
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const headers = { accept: JSON_API, ...this.#authorization() };
    return retry(PATIENCE, signal, afterThrottling, async () =>
      fieldsOf(await this.place.delivery.json({ source, url, headers, needs: NEEDS, signal })),
    );
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
    const services = fieldsOf(await delivery.json({ source, url, needs, signal }));
    const found = services['tfe.v2'];
    if (typeof found !== 'string') throw this.#strange('the host offers no service tfe.v2');
    const base = URL.parse(found.endsWith('/') ? found : `${found}/`, origin);
    if (base?.origin !== origin) {
      throw this.#strange('its service tfe.v2 is at another host, which gets no token');
    }
    return base;
  }

  #authorization(): Record<string, string> {
    const { token } = this.place;
    return token === null ? {} : { authorization: `Bearer ${token}` };
  }

  #workspaceOf({ id, attributes, relationships }: Fields): TfeWorkspace {
    const { name } = fieldsOf(attributes);
    if (typeof id !== 'string' || typeof name !== 'string') {
      throw this.#strange('a workspace has no id or no name');
    }
    const current = fieldsOf(fieldsOf(relationships)['current-state-version']);
    const version = fieldsOf(current.data).id;
    return { id, name, stateVersion: typeof version === 'string' ? version : null };
  }

  #strange(what: string, source = this.place.source): StateSourceError {
    return new StateSourceError('answer-invalid', source, `${what}.`);
  }
}

function afterThrottling(error: unknown): RetryDecision {
  const passing =
    error instanceof StateSourceError && ['throttled', 'unreachable'].includes(error.failure);
  return passing ? { afterMs: null } : 'give-up';
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
