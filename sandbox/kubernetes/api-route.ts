/** A path of the API server, taken apart. */
export type ApiRoute =
  | { readonly area: 'version' | 'unknown' }
  | { readonly area: 'groups'; readonly core: boolean }
  | { readonly area: 'group'; readonly group: string }
  | { readonly area: 'resources'; readonly group: string; readonly version: string }
  | {
      readonly area: 'objects';
      readonly group: string;
      readonly version: string;
      readonly namespace: string | null;
      readonly plural: string;
      /** Null for a list. */
      readonly name: string | null;
    };

export function parseRoute(pathname: string): ApiRoute {
  const [root, ...rest] = pathname.split('/').filter(Boolean).map(decodeURIComponent);
  if (root === 'version' && rest.length === 0) return { area: 'version' };
  if (root === 'api') return rest.length === 0 ? { area: 'groups', core: true } : inGroup('', rest);
  if (root !== 'apis') return { area: 'unknown' };
  const [group, ...inside] = rest;
  if (group === undefined) return { area: 'groups', core: false };
  return inside.length === 0 ? { area: 'group', group } : inGroup(group, inside);
}

function inGroup(group: string, [version = '', ...rest]: readonly string[]): ApiRoute {
  if (rest.length === 0) return { area: 'resources', group, version };
  const namespaced = rest[0] === 'namespaces' && rest.length > 2;
  const namespace = namespaced ? (rest[1] ?? '') : null;
  const [plural = '', name = null, extra] = namespaced ? rest.slice(2) : rest;
  if (extra !== undefined) return { area: 'unknown' };
  return { area: 'objects', group, version, namespace, plural, name };
}
