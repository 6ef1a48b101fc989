import type { ChangedResource } from '../../../core/providers/index.js';

/** A resource as audit logs name it. */
export interface AuditSubject {
  /** `storage.googleapis.com`; null where only the path is known. */
  readonly service: string | null;
  /** Endings of the names it may have there: `buckets/exports`. */
  readonly endings: readonly string[];
  /** Whether an entry's `resourceName` is this resource, and not one below it or of the same name elsewhere. */
  matches(resourceName: string): boolean;
}

type Pair = readonly [collection: string, name: string];

/** Services say `zones`, `regions` or `locations` for the same. */
const PLACES = new Set(['zones', 'regions', 'locations']);

/** Asset types are named by the API, logs by the product. */
const LOGGED_AS: Readonly<Record<string, string>> = {
  'sqladmin.googleapis.com': 'cloudsql.googleapis.com',
};

/** Null for what no log could name: neither a full resource name (https://cloud.google.com/asset-inventory/docs/asset-names) nor of a known type. */
export function auditSubject({
  id,
  type,
  name,
  aliases,
  scope,
}: ChangedResource): AuditSubject | null {
  const place = placeOf(id, type);
  if (place === null) return null;
  const { service } = place;
  const pairs = pairsOf(place.path);
  const [last] = pairs.slice(-1);
  if (last === undefined) return null;
  const [collection, own] = last;
  const account = collection === 'projects' && scope.accountId !== null ? [scope.accountId] : [];
  const others = aliases.map(
    (alias) => pairsOf(alias.replace(/^\w*:?\/\/[^/]+\//, '')).at(-1)?.[1],
  );
  const names = new Set(
    [own, name, ...others, ...account].filter((one) => typeof one === 'string'),
  );
  return {
    service,
    endings: [...names].map((one) => `${collection}/${one}`),
    matches: (resourceName) => {
      const said = pairsOf(resourceName);
      const [ended] = said.slice(-1);
      if (ended?.[0] !== collection || !names.has(ended[1])) return false;
      const above = new Map(said.slice(0, -1));
      return pairs.slice(0, -1).every(([of, one]) => isProject(of) || sameAs(above.get(of), one));
    },
  };
}

/** What the other side does not say contradicts nothing. */
function sameAs(said: string | undefined, wanted: string): boolean {
  return said === undefined || said === wanted;
}

/** Written as its id, its number, `_` or `-`. */
function isProject(collection: string): boolean {
  return collection === 'projects';
}

/** `projects/p/zones/z/instances/i` taken apart; `global` stands for itself. */
function pairsOf(path: string): readonly Pair[] {
  const steps = path.split('/').filter((step) => step !== '' && step !== 'global');
  const pairs: Pair[] = [];
  for (let at = steps.length - 2; at >= 0; at -= 2) {
    const [collection = '', name = ''] = steps.slice(at, at + 2);
    pairs.unshift([PLACES.has(collection) ? 'places' : collection, name]);
  }
  return pairs;
}

/** A deleted resource has the id the code knew: a path without its host, or a bare name, which takes its type to be found. */
function placeOf(
  id: string,
  type: string,
): { readonly service: string | null; readonly path: string } | null {
  const [, host, path] = /^\/\/([a-z0-9.-]+)\/(.+)$/.exec(id) ?? [];
  if (host !== undefined && path !== undefined) {
    return { service: host, path: host === 'storage.googleapis.com' ? `buckets/${path}` : path };
  }
  const [, api, kind = ''] = /^([a-z0-9.-]+\.googleapis\.com)\/(\w+)$/.exec(type) ?? [];
  const service = api === undefined ? null : (LOGGED_AS[api] ?? api);
  if (/^(projects|folders|organizations)\/./.test(id)) return { service, path: id };
  if (service === null || id === '' || id.includes('/')) return null;
  return { service, path: `${kind.charAt(0).toLowerCase()}${kind.slice(1)}s/${id}` };
}
