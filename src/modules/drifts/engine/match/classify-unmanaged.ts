import type { ActualResource, JsonValue } from '../../../../core/providers/index.js';
import { terraformProviderDefault } from '../lenses/terraform/provider-defaults.js';
import { isObject, read } from '../values.js';

export const UNMANAGED_CLASSES = ['unmanaged', 'child', 'provider-default', 'ignored'] as const;
export type UnmanagedClass = (typeof UNMANAGED_CLASSES)[number];

export interface Classification {
  readonly class: UnmanagedClass;
  /** Why; null for plain unmanaged. */
  readonly reason: string | null;
}

type ClassRule = (resource: ActualResource) => Classification | undefined;

function at(resource: ActualResource, ...path: string[]): JsonValue | undefined {
  let value: JsonValue | undefined = resource.properties;
  for (const key of path) value = isObject(value) ? read(value, key) : undefined;
  return value;
}

/** A Kubernetes object with an owner is the owner's business (Kubernetes: owners and dependents). */
const ownedObject: ClassRule = (resource) => {
  const owners = at(resource, 'metadata', 'ownerReferences');
  if (resource.provider !== 'kubernetes' || !Array.isArray(owners) || owners.length === 0)
    return undefined;
  const [owner] = owners;
  const [kind, name] = ['kind', 'name'].map((key) =>
    isObject(owner) ? read(owner, key) : undefined,
  );
  const named =
    typeof kind === 'string' && typeof name === 'string' ? `${kind}/${name}` : 'another object';
  return { class: 'child', reason: `owned by ${named}` };
};

/** What every cluster creates by itself. */
const clusterDefault: ClassRule = (resource) => {
  if (resource.provider !== 'kubernetes') return undefined;
  const { name, scope } = resource;
  const namespaceDefault =
    (resource.type === 'ServiceAccount' && name === 'default') ||
    (resource.type === 'ConfigMap' && name === 'kube-root-ca.crt') ||
    (resource.type === 'Service' && name === 'kubernetes' && scope.namespace === 'default');
  const system =
    name?.startsWith('system:') === true ||
    ['kube-system', 'kube-public', 'kube-node-lease'].includes(scope.namespace ?? '') ||
    (resource.type === 'Namespace' &&
      /^(default|kube-(system|public|node-lease))$/.test(name ?? ''));
  return namespaceDefault || system
    ? { class: 'provider-default', reason: 'created by the cluster itself' }
    : undefined;
};

/** Roles a service created for itself live under a reserved path (IAM: service-linked roles). */
const serviceLinkedRole: ClassRule = (resource) =>
  resource.aliases.concat(resource.id).some((id) => id.includes(':role/aws-service-role/'))
    ? { class: 'provider-default', reason: 'service-linked role' }
    : undefined;

/** The default network AWS puts in every region. */
const defaultNetwork: ClassRule = (resource) => {
  if (!resource.type.startsWith('AWS::EC2::')) return undefined;
  const flagged = ['isDefault', 'IsDefault', 'defaultForAz', 'DefaultForAz'].some(
    (key) => at(resource, key) === true,
  );
  const defaultGroup = resource.type === 'AWS::EC2::SecurityGroup' && resource.name === 'default';
  return flagged || defaultGroup
    ? { class: 'provider-default', reason: 'part of the default network' }
    : undefined;
};

/** The same, in an inventory written in Terraform's attributes. */
const terraformDefault: ClassRule = (resource) => {
  const reason = terraformProviderDefault(resource);
  return reason === null ? undefined : { class: 'provider-default', reason };
};

const RULES: readonly ClassRule[] = [
  ownedObject,
  clusterDefault,
  serviceLinkedRole,
  defaultNetwork,
  terraformDefault,
];

/** Why a live resource that no code declares may be no news. */
export function classifyUnmanaged(resource: ActualResource): Classification {
  for (const rule of RULES) {
    const classification = rule(resource);
    if (classification) return classification;
  }
  return { class: 'unmanaged', reason: null };
}
