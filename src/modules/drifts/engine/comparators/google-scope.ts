import type { JsonValue } from '../../../../core/providers/index.js';
import type { Comparator } from '../comparator.js';

const PREFIX = 'https://www.googleapis.com/auth/';

/** Short names of access scopes (gcloud reference, `gcloud compute instances create --scopes`). */
const ALIASES: Readonly<Record<string, string>> = {
  bigquery: 'bigquery',
  'cloud-platform': 'cloud-platform',
  'cloud-source-repos': 'source.full_control',
  'cloud-source-repos-ro': 'source.read_only',
  'compute-ro': 'compute.readonly',
  'compute-rw': 'compute',
  datastore: 'datastore',
  'logging-write': 'logging.write',
  monitoring: 'monitoring',
  'monitoring-read': 'monitoring.read',
  'monitoring-write': 'monitoring.write',
  pubsub: 'pubsub',
  'service-control': 'servicecontrol',
  'service-management': 'service.management.readonly',
  'sql-admin': 'sqlservice.admin',
  'storage-full': 'devstorage.full_control',
  'storage-ro': 'devstorage.read_only',
  'storage-rw': 'devstorage.read_write',
  taskqueue: 'taskqueue',
  trace: 'trace.append',
  'userinfo-email': 'userinfo.email',
};

function fullScope(value: JsonValue | undefined): string | undefined {
  if (typeof value !== 'string') return undefined;
  const scope = Object.hasOwn(ALIASES, value) ? ALIASES[value] : undefined;
  return scope === undefined ? value : `${PREFIX}${scope}`;
}

/** Scopes GKE adds to what was asked for (google provider: containerClusterAddedScopesSuppress). */
const ADDED_BY_GKE = `${PREFIX}monitoring`;

/** An OAuth scope by its short name and by its URL. */
export const googleScope: Comparator = {
  name: 'google-scope',
  rule(declared, actual, { pair, key }) {
    if (pair.actual.format !== 'gcp-cai') return undefined;
    if (declared === undefined && actual === ADDED_BY_GKE && /oauth_?scopes$/i.test(key)) {
      return pair.declared.type.startsWith('google_container_')
        ? { kind: 'expected', why: 'GKE adds this scope to those asked for.' }
        : undefined;
    }
    const scope = fullScope(declared);
    if (scope?.startsWith(PREFIX) !== true || scope !== fullScope(actual)) return undefined;
    return { kind: 'same', why: 'The short name and the URL of the same access scope.' };
  },
};
