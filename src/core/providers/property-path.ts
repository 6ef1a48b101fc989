const PLAIN_KEY = /^[A-Za-z_$][\w$-]*$/;

/**
 * Spells one step of a property path. Paths look like `ingress[0].cidr_blocks`; a key that is not plain is quoted as JSON
 * (`metadata.labels["app.kubernetes.io/name"]`). The empty path is the resource itself.
 */
export function appendPath(path: string, segment: string | number): string {
  if (typeof segment === 'number') return `${path}[${segment}]`;
  if (!PLAIN_KEY.test(segment)) return `${path}[${JSON.stringify(segment)}]`;
  return path === '' ? segment : `${path}.${segment}`;
}
