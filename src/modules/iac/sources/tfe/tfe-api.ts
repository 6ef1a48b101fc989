import { StateSourceError } from '../../../../core/providers/index.js';
import type { Delivery } from '../transfer/streamed-document.js';
import { countOf, type Fields, fieldsOf, relatedId, textOf } from './json-api.js';
import { TfeClient, type TfePlace } from './tfe-client.js';

export interface TfeWorkspace {
  readonly id: string;
  readonly name: string;
  readonly locked: boolean;
  /** Ids of what belongs to it now; null where there is none. */
  readonly stateVersion: string | null;
  readonly latestRun: string | null;
  readonly assessment: string | null;
}

export interface TfeStateVersion {
  readonly id: string;
  readonly serial: number | null;
  readonly download: URL;
}

export interface TfeRun {
  readonly id: string;
  /** As the API writes it: `applied`, `planned_and_finished`, `applying`, … */
  readonly status: string;
  /** ISO 8601. */
  readonly createdAt: string | null;
}

/** A health assessment: HCP Terraform's own look for drift. */
export interface TfeAssessment {
  readonly id: string;
  readonly succeeded: boolean;
  readonly drifted: boolean;
  readonly resourcesDrifted: number | null;
  readonly resourcesUndrifted: number | null;
  readonly createdAt: string | null;
}

/** Which workspaces of an organization; null: whatever. */
export interface WorkspaceChoice {
  /** Several separated by commas: all of them. */
  readonly tag: string | null;
  readonly excludedTag: string | null;
  /** Id. */
  readonly project: string | null;
  /** A name in which `*` stands for anything. */
  readonly name: string | null;
}

/** The most a page may have: https://developer.hashicorp.com/terraform/cloud-docs/api-docs#pagination */
const PAGE_SIZE = 100;

/** The read calls of the HCP Terraform API (JSON:API). Throws `StateSourceError`. */
export class TfeApi {
  readonly #client: TfeClient;

  constructor(place: TfePlace) {
    this.#client = new TfeClient(place);
  }

  async workspace(organization: string, name: string, signal: AbortSignal): Promise<TfeWorkspace> {
    const path = `organizations/${organization}/workspaces/${encodeURIComponent(name)}`;
    const { data } = await this.#client.get(path, {}, signal);
    return this.#workspaceOf(fieldsOf(data));
  }

  /** https://developer.hashicorp.com/terraform/cloud-docs/api-docs/workspaces#list-workspaces; hosts that know no wildcard answer all. */
  async *workspaces(
    organization: string,
    { tag, excludedTag, project, name }: WorkspaceChoice,
    signal: AbortSignal,
  ): AsyncGenerator<TfeWorkspace> {
    const fits = matcherOf(name);
    let page: number | null = 1;
    do {
      const query: Record<string, string> = {
        'page[size]': String(PAGE_SIZE),
        'page[number]': String(page),
        ...(tag === null ? {} : { 'search[tags]': tag }),
        ...(excludedTag === null ? {} : { 'search[exclude-tags]': excludedTag }),
        ...(name === null ? {} : { 'search[wildcard-name]': name }),
        ...(project === null ? {} : { 'filter[project][id]': project }),
      };
      const answer = await this.#client.get(
        `organizations/${organization}/workspaces`,
        query,
        signal,
      );
      if (!Array.isArray(answer.data))
        throw this.#client.strange('the list of workspaces is no list');
      for (const one of answer.data) {
        const workspace = this.#workspaceOf(fieldsOf(one));
        if (fits(workspace.name)) yield workspace;
      }
      const next = countOf(fieldsOf(fieldsOf(answer.meta).pagination)['next-page']);
      // A page that leads to itself would never end.
      page = next !== null && next > page ? next : null;
    } while (page !== null);
  }

  async currentState(
    { id }: TfeWorkspace,
    source: string,
    signal: AbortSignal,
  ): Promise<TfeStateVersion> {
    const path = `workspaces/${encodeURIComponent(id)}/current-state-version`;
    const data = fieldsOf((await this.#client.get(path, {}, signal, { source })).data);
    const attributes = fieldsOf(data.attributes);
    const link = textOf(attributes['hosted-state-download-url']);
    const download = link === null ? null : URL.parse(link, this.#client.origin);
    if (download === null || typeof data.id !== 'string') {
      throw this.#client.strange('the state version has no download address', source);
    }
    return { id: data.id, serial: countOf(attributes.serial), download };
  }

  download(url: URL, source: string, signal: AbortSignal): Promise<Delivery> {
    return this.#client.download(url, source, signal);
  }

  /** https://developer.hashicorp.com/terraform/cloud-docs/api-docs/run#get-run-details */
  async run(id: string, source: string, signal: AbortSignal): Promise<TfeRun> {
    const path = `runs/${encodeURIComponent(id)}`;
    const needs = 'a token that may read runs of the workspace';
    const answer = await this.#client.get(path, {}, signal, { source, needs });
    const attributes = fieldsOf(fieldsOf(answer.data).attributes);
    const status = textOf(attributes.status);
    if (status === null) throw this.#client.strange(`run ${id} has no status`, source);
    return { id, status, createdAt: textOf(attributes['created-at']) };
  }

  /**
   * https://developer.hashicorp.com/terraform/cloud-docs/api-docs/assessment-results: null where none was made, or the host makes none.
   */
  async assessment(id: string, source: string, signal: AbortSignal): Promise<TfeAssessment | null> {
    const needs = 'a token that may read the workspace';
    const path = `assessment-results/${encodeURIComponent(id)}`;
    try {
      const answer = await this.#client.get(path, {}, signal, { source, needs });
      const attributes = fieldsOf(fieldsOf(answer.data).attributes);
      return {
        id,
        succeeded: attributes.succeeded === true,
        drifted: attributes.drifted === true,
        resourcesDrifted: countOf(attributes['resources-drifted']),
        resourcesUndrifted: countOf(attributes['resources-undrifted']),
        createdAt: textOf(attributes['created-at']),
      };
    } catch (error) {
      if (error instanceof StateSourceError && error.failure === 'missing') return null;
      throw error;
    }
  }

  #workspaceOf(data: Fields): TfeWorkspace {
    const { name, locked } = fieldsOf(data.attributes);
    if (typeof data.id !== 'string' || typeof name !== 'string') {
      throw this.#client.strange('a workspace has no id or no name');
    }
    return {
      id: data.id,
      name,
      locked: locked === true,
      stateVersion: relatedId(data, 'current-state-version'),
      latestRun: relatedId(data, 'latest-run') ?? relatedId(data, 'current-run'),
      assessment: relatedId(data, 'current-assessment-result'),
    };
  }
}

/** The pattern holds letters, digits, `_`, `-` and `*` only. */
function matcherOf(pattern: string | null): (name: string) => boolean {
  if (pattern === null) return () => true;
  const expression = new RegExp(`^${pattern.replaceAll('*', '.*')}$`, 'i');
  return (name) => expression.test(name);
}
