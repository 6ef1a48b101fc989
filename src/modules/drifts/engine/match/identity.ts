import type {
  ActualResource,
  DeclaredResource,
  JsonValue,
} from '../../../../core/providers/index.js';
import type { Knowledge } from '../knowledge.js';
import { nativeTypes } from './native-types.js';

/** Attributes that hold an identifier in one provider or another; a value is only used together with the type. */
const IDENTIFYING = ['arn', 'id', 'self_link', 'resource_id', 'name', 'bucket', 'url', 'Arn', 'Id'];

/** Identifiers that are unique without their type: ARNs, ARM ids, asset names, self links. */
const GLOBAL = /^(arn:|\/subscriptions\/|\/\/[a-z0-9-]+\.googleapis\.com\/|https:\/\/)/i;

/** `apps/v1/Deployment/ns/name` without the version: the API serves one object under several. */
function kubernetesKey(id: string): string {
  const parts = id.split('/');
  const [name, namespace, kind] = [parts.at(-1), parts.at(-2), parts.at(-3)];
  const group = parts.length >= 5 ? parts[0] : '';
  return `k8s|${group ?? ''}|${kind ?? ''}|${namespace ?? ''}|${name ?? ''}`;
}

function cloudKeys(
  types: readonly string[],
  identifiers: Iterable<JsonValue | undefined>,
): string[] {
  const keys = new Set<string>();
  for (const identifier of identifiers) {
    if (typeof identifier !== 'string' || identifier === '') continue;
    const text = identifier.toLowerCase();
    if (GLOBAL.test(identifier)) keys.add(`global|${text}`);
    for (const type of types) keys.add(`${type}|${text}`);
  }
  return [...keys];
}

/** Keys under which the live side of a declared resource may be found; the first are the surest. */
export function declaredKeys(resource: DeclaredResource, knowledge: Knowledge): readonly string[] {
  if (resource.format === 'k8s-manifest') return [kubernetesKey(resource.id ?? resource.address)];
  const { attributes } = resource;
  const identifiers = [resource.id, ...IDENTIFYING.map((name) => attributes[name]), resource.name];
  return cloudKeys(nativeTypes(resource, knowledge), identifiers);
}

/** Keys under which a live resource answers. */
export function actualKeys(resource: ActualResource): readonly string[] {
  if (resource.format === 'k8s-live') return [kubernetesKey(resource.id)];
  return cloudKeys(
    [resource.type.toLowerCase()],
    [resource.id, ...resource.aliases, resource.name],
  );
}
