import type { ActualResource } from '../../../../../core/providers/index.js';
import { isObject, read } from '../../values.js';
import { at, byProvider, childOf, type ClassRule, listAt, textAt } from './class-rule.js';

/** An object with an owner is the owner's business. https://kubernetes.io/docs/concepts/overview/working-with-objects/owners-dependents/ */
const ownedObject: ClassRule = (resource) => {
  const owners = at(resource, 'metadata', 'ownerReferences');
  if (!Array.isArray(owners) || owners.length === 0) return undefined;
  const [owner] = owners;
  const [kind, name] = ['kind', 'name'].map((key) =>
    isObject(owner) ? read(owner, key) : undefined,
  );
  const named =
    typeof kind === 'string' && typeof name === 'string' ? `${kind}/${name}` : 'another object';
  return { class: 'child', reason: `owned by ${named}` };
};

const SYSTEM_NAMESPACES = ['kube-system', 'kube-public', 'kube-node-lease'];

/** Type and name of what every cluster or namespace has. */
const ALWAYS: readonly (readonly [type: string, name: RegExp])[] = [
  ['ServiceAccount', /^default$/],
  ['ConfigMap', /^(kube-root-ca\.crt|openshift-service-ca\.crt)$/],
  ['Namespace', /^(default|kube-(system|public|node-lease))$/],
  ['PriorityClass', /^system-(cluster|node)-critical$/],
  // https://kubernetes.io/docs/concepts/cluster-administration/flow-control/
  [
    'PriorityLevelConfiguration',
    /^(exempt|catch-all|global-default|leader-election|node-high|system|workload-high|workload-low)$/,
  ],
  [
    'FlowSchema',
    /^(exempt|catch-all|global-default|probes|endpoint-controller|kube-controller-manager|kube-scheduler|kube-system-service-accounts|service-accounts|system-[\w-]+|workload-leader-election)$/,
  ],
];

const annotation = (resource: ActualResource, key: string): string =>
  textAt(resource, 'metadata', 'annotations', key);
const label = (resource: ActualResource, key: string): string =>
  textAt(resource, 'metadata', 'labels', key);

/** What every cluster creates by itself. */
const clusterDefault: ClassRule = (resource) => {
  const { name, scope, type } = resource;
  const always = ALWAYS.some(([kind, own]) => kind === type && own.test(name ?? ''));
  const apiService = type === 'Service' && name === 'kubernetes' && scope.namespace === 'default';
  const system =
    name?.startsWith('system:') === true || SYSTEM_NAMESPACES.includes(scope.namespace ?? '');
  // https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings
  const bootstrapped = label(resource, 'kubernetes.io/bootstrapping') === 'rbac-defaults';
  const automatic =
    label(resource, 'kube-aggregator.kubernetes.io/automanaged') !== '' ||
    annotation(resource, 'apf.kubernetes.io/autoupdate-spec') === 'true';
  const node = ['Node', 'CSINode', 'Lease', 'Event', 'ComponentStatus'].includes(type);
  return always || apiService || system || bootstrapped || automatic || node
    ? byProvider('created by the cluster itself')
    : undefined;
};

/** What a controller keeps beside the object it serves, without an owner reference. */
const keptByController: ClassRule = (resource) => {
  const { type, name } = resource;
  if (type === 'Secret') {
    if (textAt(resource, 'type') === 'kubernetes.io/service-account-token') {
      const account = annotation(resource, 'kubernetes.io/service-account.name');
      return childOf(`ServiceAccount/${account}`);
    }
    // https://helm.sh/docs/topics/advanced/#storage-backends
    if (textAt(resource, 'type') === 'helm.sh/release.v1')
      return childOf(`the Helm release ${label(resource, 'name')}`);
    // https://cert-manager.io/docs/usage/certificate/
    const certificate = annotation(resource, 'cert-manager.io/certificate-name');
    if (certificate !== '') return childOf(`Certificate/${certificate}`);
  }
  if (type === 'Endpoints') return childOf(`Service/${name ?? ''}`);
  const service = label(resource, 'kubernetes.io/service-name');
  if (type === 'EndpointSlice' && service !== '') return childOf(`Service/${service}`);
  // https://kubernetes.io/docs/concepts/storage/dynamic-provisioning/
  if (type === 'PersistentVolume' && annotation(resource, 'pv.kubernetes.io/provisioned-by') !== '')
    return childOf(`PersistentVolumeClaim/${textAt(resource, 'spec', 'claimRef', 'name')}`);
  if (type === 'ConfigMap' && name === 'istio-ca-root-cert') return childOf('the service mesh');
  return undefined;
};

/** The certificate of an Ingress, by the secret it names. */
const certificateOfIngress: ClassRule = ({ type, name, scope }, { estate }) => {
  if (type !== 'Secret') return undefined;
  const ingress = estate
    .actualOfType('Ingress')
    .find(
      (one) =>
        one.scope.namespace === scope.namespace &&
        Object.keys(metadata(one)).some((key) => key.startsWith('cert-manager.io/')) &&
        listAt(one, 'spec', 'tls').some((entry) => read(entry, 'secretName') === name),
    );
  return ingress && childOf(`Ingress/${ingress.name ?? ''}`);
};

function metadata(resource: ActualResource): object {
  const annotations = at(resource, 'metadata', 'annotations');
  return isObject(annotations) ? annotations : {};
}

const RULES: readonly ClassRule[] = [
  ownedObject,
  clusterDefault,
  keptByController,
  certificateOfIngress,
];

export const kubernetesClass: ClassRule = (resource, context) => {
  if (resource.provider !== 'kubernetes') return undefined;
  for (const rule of RULES) {
    const found = rule(resource, context);
    if (found) return found;
  }
  return undefined;
};
