import type { ServedKind } from './served-kind.js';

const STANDARD_VERBS = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];

type Row = readonly [
  kind: string,
  plural: string,
  scope: 'ns' | 'cluster',
  options?: { readonly short?: string[]; readonly sub?: string[]; readonly verbs?: string[] },
];

/** Names, scopes, short names and subresources as a Kubernetes 1.34 API server publishes them in discovery. */
const BUILT_IN: Readonly<Record<string, readonly Row[]>> = {
  v1: [
    ['Binding', 'bindings', 'ns', { verbs: ['create'] }],
    ['ComponentStatus', 'componentstatuses', 'cluster', { short: ['cs'], verbs: ['get', 'list'] }],
    ['ConfigMap', 'configmaps', 'ns', { short: ['cm'] }],
    ['Endpoints', 'endpoints', 'ns', { short: ['ep'] }],
    ['Event', 'events', 'ns', { short: ['ev'] }],
    ['LimitRange', 'limitranges', 'ns', { short: ['limits'] }],
    ['Namespace', 'namespaces', 'cluster', { short: ['ns'], sub: ['finalize', 'status'] }],
    ['Node', 'nodes', 'cluster', { short: ['no'], sub: ['proxy', 'status'] }],
    ['PersistentVolumeClaim', 'persistentvolumeclaims', 'ns', { short: ['pvc'], sub: ['status'] }],
    ['PersistentVolume', 'persistentvolumes', 'cluster', { short: ['pv'], sub: ['status'] }],
    ['Pod', 'pods', 'ns', { short: ['po'], sub: ['exec', 'log', 'status'] }],
    ['PodTemplate', 'podtemplates', 'ns'],
    [
      'ReplicationController',
      'replicationcontrollers',
      'ns',
      { short: ['rc'], sub: ['scale', 'status'] },
    ],
    ['ResourceQuota', 'resourcequotas', 'ns', { short: ['quota'], sub: ['status'] }],
    ['Secret', 'secrets', 'ns'],
    ['ServiceAccount', 'serviceaccounts', 'ns', { short: ['sa'], sub: ['token'] }],
    ['Service', 'services', 'ns', { short: ['svc'], sub: ['proxy', 'status'] }],
  ],
  'apps/v1': [
    ['ControllerRevision', 'controllerrevisions', 'ns'],
    ['DaemonSet', 'daemonsets', 'ns', { short: ['ds'], sub: ['status'] }],
    ['Deployment', 'deployments', 'ns', { short: ['deploy'], sub: ['scale', 'status'] }],
    ['ReplicaSet', 'replicasets', 'ns', { short: ['rs'], sub: ['scale', 'status'] }],
    ['StatefulSet', 'statefulsets', 'ns', { short: ['sts'], sub: ['scale', 'status'] }],
  ],
  'events.k8s.io/v1': [['Event', 'events', 'ns', { short: ['ev'] }]],
  'authentication.k8s.io/v1': [
    ['SelfSubjectReview', 'selfsubjectreviews', 'cluster', { verbs: ['create'] }],
    ['TokenReview', 'tokenreviews', 'cluster', { verbs: ['create'] }],
  ],
  'authorization.k8s.io/v1': [
    ['SelfSubjectAccessReview', 'selfsubjectaccessreviews', 'cluster', { verbs: ['create'] }],
    ['SelfSubjectRulesReview', 'selfsubjectrulesreviews', 'cluster', { verbs: ['create'] }],
    ['SubjectAccessReview', 'subjectaccessreviews', 'cluster', { verbs: ['create'] }],
  ],
  'autoscaling/v2': [
    [
      'HorizontalPodAutoscaler',
      'horizontalpodautoscalers',
      'ns',
      { short: ['hpa'], sub: ['status'] },
    ],
  ],
  'batch/v1': [
    ['CronJob', 'cronjobs', 'ns', { short: ['cj'], sub: ['status'] }],
    ['Job', 'jobs', 'ns', { sub: ['status'] }],
  ],
  'certificates.k8s.io/v1': [
    [
      'CertificateSigningRequest',
      'certificatesigningrequests',
      'cluster',
      { short: ['csr'], sub: ['approval', 'status'] },
    ],
  ],
  'networking.k8s.io/v1': [
    ['IngressClass', 'ingressclasses', 'cluster'],
    ['Ingress', 'ingresses', 'ns', { short: ['ing'], sub: ['status'] }],
    ['NetworkPolicy', 'networkpolicies', 'ns', { short: ['netpol'] }],
  ],
  'policy/v1': [
    ['PodDisruptionBudget', 'poddisruptionbudgets', 'ns', { short: ['pdb'], sub: ['status'] }],
  ],
  'rbac.authorization.k8s.io/v1': [
    ['ClusterRoleBinding', 'clusterrolebindings', 'cluster'],
    ['ClusterRole', 'clusterroles', 'cluster'],
    ['RoleBinding', 'rolebindings', 'ns'],
    ['Role', 'roles', 'ns'],
  ],
  'storage.k8s.io/v1': [
    ['CSIDriver', 'csidrivers', 'cluster'],
    ['CSINode', 'csinodes', 'cluster'],
    ['StorageClass', 'storageclasses', 'cluster', { short: ['sc'] }],
    ['VolumeAttachment', 'volumeattachments', 'cluster', { sub: ['status'] }],
  ],
  'admissionregistration.k8s.io/v1': [
    ['MutatingWebhookConfiguration', 'mutatingwebhookconfigurations', 'cluster'],
    ['ValidatingAdmissionPolicy', 'validatingadmissionpolicies', 'cluster', { sub: ['status'] }],
    ['ValidatingAdmissionPolicyBinding', 'validatingadmissionpolicybindings', 'cluster'],
    ['ValidatingWebhookConfiguration', 'validatingwebhookconfigurations', 'cluster'],
  ],
  'apiextensions.k8s.io/v1': [
    [
      'CustomResourceDefinition',
      'customresourcedefinitions',
      'cluster',
      { short: ['crd', 'crds'], sub: ['status'] },
    ],
  ],
  'apiregistration.k8s.io/v1': [['APIService', 'apiservices', 'cluster', { sub: ['status'] }]],
  'scheduling.k8s.io/v1': [['PriorityClass', 'priorityclasses', 'cluster', { short: ['pc'] }]],
  'coordination.k8s.io/v1': [['Lease', 'leases', 'ns']],
  'node.k8s.io/v1': [['RuntimeClass', 'runtimeclasses', 'cluster']],
  'discovery.k8s.io/v1': [['EndpointSlice', 'endpointslices', 'ns']],
  'flowcontrol.apiserver.k8s.io/v1': [
    ['FlowSchema', 'flowschemas', 'cluster', { sub: ['status'] }],
    ['PriorityLevelConfiguration', 'prioritylevelconfigurations', 'cluster', { sub: ['status'] }],
  ],
};

export function builtInKinds(): ServedKind[] {
  return Object.entries(BUILT_IN).flatMap(([groupVersion, rows]) =>
    rows.map(([kind, plural, scope, { short = [], sub = [], verbs = STANDARD_VERBS } = {}]) => ({
      ...splitGroupVersion(groupVersion),
      kind,
      plural,
      singular: kind.toLowerCase(),
      namespaced: scope === 'ns',
      shortNames: short,
      subresources: sub,
      verbs,
      custom: false,
      storedIn: storage(groupVersion, kind),
    })),
  );
}

/** `apps/v1` → apps, v1; `v1` → the core group. */
export function splitGroupVersion(groupVersion: string): { group: string; version: string } {
  const slash = groupVersion.indexOf('/');
  return slash < 0
    ? { group: '', version: groupVersion }
    : { group: groupVersion.slice(0, slash), version: groupVersion.slice(slash + 1) };
}

/** Both event groups show the same objects. */
function storage(groupVersion: string, kind: string): string {
  return kind === 'Event' ? 'Event' : `${splitGroupVersion(groupVersion).group}/${kind}`;
}
