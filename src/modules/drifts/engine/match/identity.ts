import type {
  ActualResource,
  DeclaredResource,
  JsonValue,
} from '../../../../core/providers/index.js';
import type { Knowledge } from '../knowledge.js';
import { actualAwsIdentifiers, declaredAwsIdentifiers, partIdentifiers } from './aws-identity.js';
import { actualAzureKeys, declaredAzureKeys } from './azure-identity.js';
import { actualGoogleKeys, declaredGoogleKeys } from './google-identity.js';
import { terraformObject } from '../lenses/kubernetes/terraform-kind.js';

/** Attributes that hold an identifier in one provider or another; a value is only used together with the type. */
const IDENTIFYING = ['arn', 'id', 'self_link', 'resource_id', 'name', 'bucket', 'url', 'Arn', 'Id'];

/** Identifiers that are unique without their type: ARNs, ARM ids, asset names, self links. */
const GLOBAL = /^(arn:|\/subscriptions\/|\/\/[a-z0-9-]+\.googleapis\.com\/|https:\/\/)/i;

/** Groups that kinds of the retired `extensions` group moved to (Kubernetes 1.16 and 1.22 deprecation notes). */
const AFTER_EXTENSIONS = ['apps', 'networking.k8s.io', 'policy'];

function kubernetesParts(id: string) {
  const [name = '', namespace = '', kind = '', ...version] = id.split('/').reverse();
  return { name, namespace, kind, group: version.length > 1 ? (version.at(-1) ?? '') : '' };
}

/**
 * `apps/v1/Deployment/ns/name` without the version, because the API serves one object under several. A manifest may
 * leave the namespace out (it lands where it is applied) or write one for an object that has none.
 */
function declaredKubernetesKeys(id: string): string[] {
  const { name, namespace, kind, group } = kubernetesParts(id);
  const groups = group === 'extensions' ? [group, ...AFTER_EXTENSIONS] : [group];
  const namespaces = namespace === '' ? ['', 'default', '*'] : [namespace, ''];
  return groups.flatMap((one) => namespaces.map((place) => `k8s|${one}|${kind}|${place}|${name}`));
}

/** States of hashicorp/kubernetes carry `namespace/name`; the type names the kind, in any of its groups. */
function terraformKubernetesKeys(resource: DeclaredResource, knowledge: Knowledge): string[] {
  const object = terraformObject(resource, knowledge);
  if (object === null) return [];
  const { kind, groups, namespace, name } = object;
  return groups.flatMap((group) => {
    const version = group === '' ? 'v1' : `${group}/v1`;
    return declaredKubernetesKeys(`${version}/${kind}/${namespace}/${name}`);
  });
}

function actualKubernetesKeys(id: string): string[] {
  const { name, namespace, kind, group } = kubernetesParts(id);
  const places = namespace === '' ? [''] : [namespace, '*'];
  return places.map((place) => `k8s|${group}|${kind}|${place}|${name}`);
}

/** In front of an identifier that only counts together with the type; the matcher checks the type. */
export const TYPED = '?';

/**
 * One key an identifier. An ARN or a link is unique by itself; anything else is only compared between resources of one
 * type, which is asked when two meet instead of being spelled into every key.
 */
function cloudKeys(identifiers: Iterable<JsonValue | undefined>): string[] {
  const keys = new Set<string>();
  for (const identifier of identifiers) {
    if (typeof identifier !== 'string' || identifier === '') continue;
    const text = identifier.toLowerCase();
    if (GLOBAL.test(identifier)) keys.add(`global|${text}`);
    keys.add(TYPED + text);
  }
  return [...keys];
}

/** Keys under which the live side of a declared resource may be found; the first are the surest. */
export function declaredKeys(resource: DeclaredResource, knowledge: Knowledge): readonly string[] {
  if (resource.format === 'k8s-manifest')
    return declaredKubernetesKeys(resource.id ?? resource.address);
  const { attributes } = resource;
  if (resource.type.startsWith('azurerm_'))
    return [...cloudKeys([resource.id, attributes.id]), ...declaredAzureKeys(resource, knowledge)];
  const part = partIdentifiers(resource, knowledge);
  if (part) return cloudKeys(part);
  const identifiers = [resource.id, ...IDENTIFYING.map((name) => attributes[name]), resource.name];
  if (resource.type.startsWith('aws_')) identifiers.push(...declaredAwsIdentifiers(resource));
  const keys = cloudKeys(identifiers);
  if (resource.type.startsWith('kubernetes_'))
    return [...terraformKubernetesKeys(resource, knowledge), ...keys];
  return resource.type.startsWith('google_')
    ? [...declaredGoogleKeys(resource, knowledge), ...keys]
    : keys;
}

/** Keys under which a live resource answers. */
export function actualKeys(resource: ActualResource): readonly string[] {
  if (resource.format === 'k8s-live') return actualKubernetesKeys(resource.id);
  if (resource.format === 'gcp-cai') return actualGoogleKeys(resource);
  const azure = resource.format === 'azure-resource-graph' ? actualAzureKeys(resource) : [];
  const keys = cloudKeys([
    resource.id,
    ...resource.aliases,
    resource.name,
    ...actualAwsIdentifiers(resource),
  ]);
  return [...keys, ...azure];
}
