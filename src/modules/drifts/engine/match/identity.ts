import type {
  ActualResource,
  DeclaredResource,
  JsonValue,
} from '../../../../core/providers/index.js';
import type { Knowledge } from '../knowledge.js';
import { actualAwsIdentifiers, declaredAwsIdentifiers, partIdentifiers } from './aws-identity.js';
import { actualAzureKeys, declaredAzureKeys } from './azure-identity.js';
import { registryIdentifiers } from './registry-identity.js';
import { actualGoogleKeys, declaredGoogleKeys } from './google-identity.js';
import { terraformObject } from '../lenses/kubernetes/terraform-kind.js';

/** Attributes that hold an identifier in one provider or another; a value is only used together with the type. */
const IDENTIFYING = [
  'arn',
  'id',
  'self_link',
  'resource_id',
  'name',
  'bucket',
  'url',
  'Arn',
  'Id',
  // Kept through a rename (IAM roles and users, service accounts).
  'unique_id',
];

/** Identifiers that are unique without their type: ARNs, ARM ids, asset names, self links. */
const GLOBAL = /^(arn:|\/subscriptions\/|\/\/[a-z0-9-]+\.googleapis\.com\/|https:\/\/)/i;

/** Groups that kinds of the retired `extensions` group moved to (Kubernetes 1.16 and 1.22 deprecation notes). */
const AFTER_EXTENSIONS = ['apps', 'networking.k8s.io', 'policy'];

function kubernetesParts(id: string) {
  const [name = '', namespace = '', kind = '', ...version] = id.split('/').reverse();
  return { name, namespace, kind, group: version.length > 1 ? (version.at(-1) ?? '') : '' };
}

/** In front of a key that only counts where nothing declared says the same in full. */
export const UNSAID = '~';

/** Where `kubectl` puts what names no namespace, unless its context says otherwise. */
export const DEFAULT_NAMESPACE = 'default';

/**
 * `apps/v1/Deployment/ns/name` without the version, because the API serves one object under several. A manifest without a
 * namespace means the one it is applied to, `home`, and an object of that name elsewhere is another object; one may also be
 * written for an object that has none.
 */
function declaredKubernetesKeys(id: string, home: string): string[] {
  const { name, namespace, kind, group } = kubernetesParts(id);
  const groups = group === 'extensions' ? [group, ...AFTER_EXTENSIONS] : [group];
  const at = (place: string) => groups.map((one) => `k8s|${one}|${kind}|${place}|${name}`);
  return namespace === ''
    ? [...at(''), ...at(home).map((key) => UNSAID + key)]
    : [...at(namespace), ...at('')];
}

/** States of hashicorp/kubernetes carry `namespace/name`; the type names the kind, in any of its groups. */
function terraformKubernetesKeys(
  resource: DeclaredResource,
  knowledge: Knowledge,
  home: string,
): string[] {
  const object = terraformObject(resource, knowledge);
  if (object === null) return [];
  const { kind, groups, namespace, name } = object;
  return groups.flatMap((group) => {
    const version = group === '' ? 'v1' : `${group}/v1`;
    return declaredKubernetesKeys(`${version}/${kind}/${namespace}/${name}`, home);
  });
}

function actualKubernetesKeys(id: string): string[] {
  const { name, namespace, kind, group } = kubernetesParts(id);
  const key = `k8s|${group}|${kind}|${namespace}|${name}`;
  return [key, UNSAID + key];
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
    keys.add(GLOBAL.test(identifier) ? `global|${text}` : TYPED + text);
  }
  return [...keys];
}

/**
 * Keys under which the live side of a declared resource may be found; the first are the surest. `home` is the namespace
 * that Kubernetes manifests without one are applied to.
 */
export function declaredKeys(
  resource: DeclaredResource,
  knowledge: Knowledge,
  home = DEFAULT_NAMESPACE,
): readonly string[] {
  if (resource.format === 'k8s-manifest')
    return declaredKubernetesKeys(resource.id ?? resource.address, home);
  const { attributes } = resource;
  if (resource.type.startsWith('azurerm_'))
    return [...cloudKeys([resource.id, attributes.id]), ...declaredAzureKeys(resource, knowledge)];
  const part = partIdentifiers(resource, knowledge);
  if (part) return cloudKeys(part);
  const identifiers = [resource.id, ...IDENTIFYING.map((name) => attributes[name]), resource.name];
  if (resource.type.startsWith('aws_')) {
    identifiers.push(...declaredAwsIdentifiers(resource));
    identifiers.push(...registryIdentifiers(resource, knowledge));
  }
  const keys = cloudKeys(identifiers);
  if (resource.type.startsWith('kubernetes_'))
    return [...terraformKubernetesKeys(resource, knowledge, home), ...keys];
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
