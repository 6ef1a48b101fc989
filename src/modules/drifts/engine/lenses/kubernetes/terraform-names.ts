import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import { keyInAnyCase } from '../any-case.js';
import type { TypeSchema } from './schema.js';

/** Arguments and results of the provider itself (hashicorp/kubernetes): no API object has them. */
const PROVIDER_ONLY =
  /^(id|timeouts|status|default_secret_name|load_balancer_ingress|auto_approve|target_state|wait_.+|(binary_)?data_wo(_revision)?)$/;

/** Names that do not follow from the API's (hashicorp/kubernetes provider docs). */
const RENAMED: Readonly<Record<string, string>> = {
  'StorageClass.storage_provisioner': 'provisioner',
  'Secret.binary_data': 'data',
  'Secret.data': 'stringData',
  'IngressSpec.backend': 'defaultBackend',
  'DaemonSetSpec.strategy': 'updateStrategy',
  'AzureDiskVolumeSource.data_disk_uri': 'diskURI',
  'GlusterfsVolumeSource.endpoints_name': 'endpoints',
  'GlusterfsPersistentVolumeSource.endpoints_name': 'endpoints',
  'RBDVolumeSource.ceph_monitors': 'monitors',
  'RBDVolumeSource.rados_user': 'user',
  'RBDVolumeSource.rbd_image': 'image',
  'RBDVolumeSource.rbd_pool': 'pool',
  'RBDPersistentVolumeSource.ceph_monitors': 'monitors',
  'RBDPersistentVolumeSource.rados_user': 'user',
  'RBDPersistentVolumeSource.rbd_image': 'image',
  'RBDPersistentVolumeSource.rbd_pool': 'pool',
};

/** Blocks whose fields stand beside the block's own neighbours in the API. */
const INLINE = new Set(['PersistentVolumeSpec.persistent_volume_source']);

/** Every name of the API that camel case alone does not spell (Kubernetes OpenAPI v3, all groups). */
const ACRONYMS: ReadonlyMap<string, string> = new Map(
  (
    'clientCIDR clientIP clusterIP clusterIPs containerID datasetUUID diskURI downwardAPI externalID externalIPs hostIP hostIPC hostIPs ' +
    'hostPID insecureSkipTLSVerify loadBalancerIP machineID nodeID nonResourceURLs openAPIV3Schema pdID podCIDR podCIDRs ' +
    'podIP podIPs providerID resourceID scaleIO setHostnameAsFQDN storagePolicyID systemUUID ' +
    'targetCPUUtilizationPercentage targetWWNs volumeID'
  )
    .split(' ')
    .map((name) => [name.toLowerCase(), name]),
);

function squash(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}

/** The kind of struct a rule is written for: `core-v1#PodSpec` is `PodSpec`. */
function placeOf(type: TypeSchema, key: string): string {
  return `${type.name.split('#')[1] ?? ''}.${key}`;
}

/** True for what only the provider knows; it stands at the top of a resource. */
export function isProviderOnly(key: string): boolean {
  return PROVIDER_ONLY.test(key);
}

export function isInline(key: string, type: TypeSchema): boolean {
  return INLINE.has(placeOf(type, key));
}

/** `container` names `containers`, `policy` names `policies`, `cluster_ip` names `clusterIP`. */
export function nameInApi(key: string, type: TypeSchema, actual: JsonObject): string {
  const special = RENAMED[placeOf(type, key)];
  if (special !== undefined) return special;
  const wanted = squash(key);
  const spellings = [wanted, `${wanted}s`, `${wanted}es`, `${wanted.replace(/y$/, '')}ies`];
  for (const spelling of spellings) {
    const found =
      keyInAnyCase(actual, spelling) ??
      type.names().find((name) => name.toLowerCase() === spelling);
    if (found !== undefined) return found;
  }
  return (
    ACRONYMS.get(wanted) ?? key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
  );
}

/** The provider writes the mode of a file in octal, the API as the number it is (`default_mode`, hashicorp/kubernetes docs). */
export function fileMode(name: string, value: JsonValue): JsonValue {
  const octal = /^(defaultMode|mode)$/.test(name) && typeof value === 'string';
  return octal && /^[0-7]{3,4}$/.test(value) ? Number.parseInt(value, 8) : value;
}
