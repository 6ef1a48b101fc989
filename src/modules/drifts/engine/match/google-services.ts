import type { Knowledge } from '../knowledge.js';

const services = new WeakMap<Knowledge, ReadonlyMap<string, string>>();

/** Bindings of a resource are listed as that resource. */
const IAM = /_iam_(binding|member|policy|audit_config)$/;

const flat = (name: string): string => name.replaceAll('_', '').toLowerCase();

/** Words before the kind in the types the map knows → the service that has that kind: `vertex_ai` → `aiplatform.googleapis.com`. */
function servicesOf(knowledge: Knowledge): ReadonlyMap<string, string> {
  const known = services.get(knowledge);
  if (known) return known;
  const found = new Map<string, string | null>();
  for (const [type, listed] of Object.entries(knowledge.load('gcp/terraform-types') ?? {})) {
    const [asset] = Array.isArray(listed) ? listed : [listed];
    const [host = '', kind = ''] = typeof asset === 'string' ? asset.split('/') : [];
    const words = type.replace(IAM, '').split('_').slice(1);
    const at = words.findIndex((_, from) => flat(words.slice(from).join('')) === flat(kind));
    if (at < 1) continue;
    const product = words.slice(0, at).join('_');
    const before = found.get(product);
    found.set(product, before === undefined || before === host ? host : null);
  }
  const unique = new Map<string, string>();
  for (const [name, host] of found) if (host !== null) unique.set(name, host);
  services.set(knowledge, unique);
  return unique;
}

/**
 * Cloud Asset types a google type that the map leaves out may have: its product's service, as other types of the product
 * show it, and the words that are left. In lower case.
 */
export function derivedGoogleTypes(type: string, knowledge: Knowledge): string[] {
  const words = type.split('_').slice(1);
  const known = servicesOf(knowledge);
  return words.flatMap((_, at) => {
    const host = at === 0 ? undefined : known.get(words.slice(0, at).join('_'));
    return host === undefined ? [] : [`${host}/${words.slice(at).join('')}`.toLowerCase()];
  });
}
