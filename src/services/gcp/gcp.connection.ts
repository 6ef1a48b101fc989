import { InventoryError } from '../../core/providers/index.js';
import type { InventoryConnection } from '../../core/providers/index.js';

/** Where the API is, in the words of the SDK; absent means Google's own. */
export interface GcpEndpoint {
  readonly apiEndpoint: string;
  readonly port: number;
  readonly protocol: 'http' | 'https';
}

/** Part of the resource hierarchy that is read: `projects/P`, `folders/N` or `organizations/N`. */
export interface GcpScope {
  readonly parent: string;
  /** Null for a folder or an organization, which hold several. */
  readonly projectId: string | null;
}

/** https://cloud.google.com/resource-manager/docs/creating-managing-projects#before_you_begin, domain-scoped ids included */
const SCOPE = /^(?:projects\/([a-z0-9][a-z0-9.:-]*)|folders\/\d+|organizations\/\d+)$/;

export function readScope(text: string | null): GcpScope {
  if (text === null || text === '') {
    throw invalid(
      'It is not said what to read: give the credentials a scope (projects/ID, folders/NUMBER or organizations/NUMBER)',
    );
  }
  const parent = text.includes('/') ? text : `projects/${text}`;
  const match = SCOPE.exec(parent);
  if (!match) {
    throw invalid('The scope is none of projects/ID, folders/NUMBER and organizations/NUMBER');
  }
  return { parent, projectId: match[1] ?? null };
}

/** A plain HTTP endpoint is only ever one that was named: the token goes over it as it is. */
export function readEndpoint({ endpoint }: InventoryConnection): GcpEndpoint | null {
  if (endpoint === null) return null;
  const url = URL.parse(endpoint);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw invalid('The endpoint is not an http or https address');
  }
  if (url.pathname !== '/' || url.search || url.username) {
    throw invalid('The endpoint is a host with an optional port, nothing more');
  }
  const protocol = url.protocol === 'http:' ? 'http' : 'https';
  const port = Number(url.port) || (protocol === 'http' ? 80 : 443);
  return { apiEndpoint: url.hostname, port, protocol };
}

/** Checked here, as the API's own answer to a wrong time is one for each call. */
export function readTime(text: string | undefined): Date | null {
  if (!text) return null;
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) throw invalid('readTime is not an ISO 8601 time');
  return time;
}

export function invalid(message: string): InventoryError {
  return new InventoryError('connection-invalid', 'gcp', `${message}.`);
}
