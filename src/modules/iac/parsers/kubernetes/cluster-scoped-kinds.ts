/**
 * Kinds without a namespace in the API groups that come with Kubernetes.
 * Source: Kubernetes API reference 1.30 to 1.34 (`kubectl api-resources --namespaced=false`).
 */
const CLUSTER_SCOPED = new Set([
  '/Namespace',
  '/Node',
  '/PersistentVolume',
  '/ComponentStatus',
  'admissionregistration.k8s.io/MutatingWebhookConfiguration',
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy',
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding',
  'admissionregistration.k8s.io/MutatingAdmissionPolicy',
  'admissionregistration.k8s.io/MutatingAdmissionPolicyBinding',
  'apiextensions.k8s.io/CustomResourceDefinition',
  'apiregistration.k8s.io/APIService',
  'authentication.k8s.io/SelfSubjectReview',
  'authentication.k8s.io/TokenReview',
  'authorization.k8s.io/SelfSubjectAccessReview',
  'authorization.k8s.io/SelfSubjectRulesReview',
  'authorization.k8s.io/SubjectAccessReview',
  'certificates.k8s.io/CertificateSigningRequest',
  'certificates.k8s.io/ClusterTrustBundle',
  'flowcontrol.apiserver.k8s.io/FlowSchema',
  'flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration',
  'internal.apiserver.k8s.io/StorageVersion',
  'networking.k8s.io/IngressClass',
  'networking.k8s.io/IPAddress',
  'networking.k8s.io/ServiceCIDR',
  'node.k8s.io/RuntimeClass',
  'policy/PodSecurityPolicy',
  'rbac.authorization.k8s.io/ClusterRole',
  'rbac.authorization.k8s.io/ClusterRoleBinding',
  'resource.k8s.io/DeviceClass',
  'resource.k8s.io/ResourceSlice',
  'scheduling.k8s.io/PriorityClass',
  'storage.k8s.io/CSIDriver',
  'storage.k8s.io/CSINode',
  'storage.k8s.io/StorageClass',
  'storage.k8s.io/VolumeAttachment',
  'storage.k8s.io/VolumeAttributesClass',
  'storagemigration.k8s.io/StorageVersionMigration',
]);

/** Groups of which every kind is known: no dot at all (`apps`), or Kubernetes' own domain. */
const BUILT_IN_GROUP = /^(?:[^.]*|[a-z0-9.-]+\.k8s\.io)$/;
/** Under that domain, but defined by custom resources that a cluster may have or not. */
const CUSTOM_GROUPS =
  /^(?:gateway\.networking|metrics|snapshot\.storage|.*\.x|cluster|addons\.cluster|.*\.cluster)\.k8s\.io$/;

export type KubernetesScope = 'cluster' | 'namespaced' | 'unknown';

/** Whether objects of a kind live in a namespace; unknown for custom resources. */
export function scopeOfKind(group: string, kind: string): KubernetesScope {
  if (CLUSTER_SCOPED.has(`${group}/${kind}`)) return 'cluster';
  return BUILT_IN_GROUP.test(group) && !CUSTOM_GROUPS.test(group) ? 'namespaced' : 'unknown';
}
