import type { KubernetesPeer } from './cluster.js';

/** Something done to a running cluster, and what a scan has to say about it. */
export interface LiveChange {
  readonly what: string;
  readonly act: (cluster: KubernetesPeer) => Promise<unknown>;
  readonly resource: string;
  /** Empty for the resource as a whole. */
  readonly path: string;
  readonly driftType?: 'deleted' | 'added';
  /** Fields the API server changed along with it. */
  readonly consequences?: readonly string[];
  /** Field manager the API server recorded; absent where the object is gone or nobody can say. */
  readonly manager?: string;
}

const patch =
  (kind: 'merge' | 'json' | 'strategic', namespace: string, object: string, body: unknown) =>
  (cluster: KubernetesPeer) =>
    cluster.kubectl(
      ...['-n', namespace, 'patch', object, `--type=${kind}`, '-p', JSON.stringify(body)],
    );

const kubectl =
  (command: string) =>
  (cluster: KubernetesPeer): Promise<string> =>
    cluster.kubectl(...command.split(' '));

/** Opens the object in an "editor" that replaces one text by another, as a person would. */
const edit = (namespace: string, object: string, from: string, to: string) => {
  return (cluster: KubernetesPeer): Promise<string> =>
    cluster.kubectlEdit(['-n', namespace, 'edit', object], from, to);
};

export const LIVE_CHANGES: readonly LiveChange[] = [
  {
    what: 'scale of a Deployment nothing scales',
    act: kubectl('-n shop scale deployment/storefront --replicas=5'),
    resource: 'apps/v1/Deployment/shop/storefront',
    path: 'spec.replicas',
    manager: 'kubectl',
  },
  {
    what: 'another image',
    act: kubectl(
      '-n shop set image deployment/recommendations recommendations=registry.brambleway.example/shop/recommendations:2.1.0-rc1',
    ),
    resource: 'apps/v1/Deployment/shop/recommendations',
    path: 'spec.template.spec.containers[0].image',
    manager: 'kubectl-set',
  },
  {
    what: 'an environment variable changed in place',
    act: kubectl('-n shop set env deployment/checkout TRACE_SAMPLING=0.5'),
    resource: 'apps/v1/Deployment/shop/checkout',
    path: 'spec.template.spec.containers[0].env[1].value',
    manager: 'kubectl-set',
  },
  {
    what: 'edit of a configuration value',
    act: edit('tracking', 'configmap/scanner-config', 'BATCH_SIZE: "200"', 'BATCH_SIZE: "900"'),
    resource: 'v1/ConfigMap/tracking/scanner-config',
    path: 'data.BATCH_SIZE',
    manager: 'kubectl-edit',
  },
  {
    what: 'a configuration key more',
    act: patch('merge', 'shop', 'configmap/checkout-config', { data: { FEATURE_TIPS: 'true' } }),
    resource: 'v1/ConfigMap/shop/checkout-config',
    path: 'data.FEATURE_TIPS',
    manager: 'kubectl-patch',
  },
  {
    what: 'another secret value',
    act: patch('merge', 'shop', 'secret/checkout-payment', {
      stringData: { PAYMENT_USER: 'somebody' },
    }),
    resource: 'v1/Secret/shop/checkout-payment',
    path: 'stringData.PAYMENT_USER',
    manager: 'kubectl-patch',
  },
  {
    what: 'a label that lowers the pod security of a namespace',
    act: kubectl(
      'label namespace tracking pod-security.kubernetes.io/enforce=privileged --overwrite',
    ),
    resource: 'v1/Namespace//tracking',
    path: 'metadata.labels["pod-security.kubernetes.io/enforce"]',
    manager: 'kubectl-label',
  },
  {
    what: 'an annotation by hand',
    act: kubectl('-n tracking annotate service/events example.com/owner=nobody'),
    resource: 'v1/Service/tracking/events',
    path: 'metadata.annotations["example.com/owner"]',
    manager: 'kubectl-annotate',
  },
  {
    what: 'a port of a Service',
    act: patch('json', 'shop', 'service/storefront', [
      { op: 'replace', path: '/spec/ports/0/targetPort', value: 3999 },
    ]),
    resource: 'v1/Service/shop/storefront',
    path: 'spec.ports[0].targetPort',
    manager: 'kubectl-patch',
  },
  {
    what: 'a Service opened on every node',
    act: patch('merge', 'shop', 'service/checkout', { spec: { type: 'NodePort' } }),
    resource: 'v1/Service/shop/checkout',
    path: 'spec.type',
    consequences: ['spec.externalTrafficPolicy'],
    manager: 'kubectl-patch',
  },
  {
    what: 'an upper bound of an autoscaler',
    act: patch('merge', 'shop', 'hpa/recommendations', { spec: { maxReplicas: 80 } }),
    resource: 'autoscaling/v2/HorizontalPodAutoscaler/shop/recommendations',
    path: 'spec.maxReplicas',
    manager: 'kubectl-patch',
  },
  {
    what: 'a disruption budget',
    act: patch('merge', 'shop', 'pdb/checkout', { spec: { minAvailable: 0 } }),
    resource: 'policy/v1/PodDisruptionBudget/shop/checkout',
    path: 'spec.minAvailable',
    manager: 'kubectl-patch',
  },
  {
    what: 'a network policy opened to everything',
    act: patch('json', 'shop', 'networkpolicy/allow-ingress-controller', [
      { op: 'replace', path: '/spec/ingress/0/from/0', value: { namespaceSelector: {} } },
    ]),
    resource: 'networking.k8s.io/v1/NetworkPolicy/shop/allow-ingress-controller',
    path: 'spec.ingress[0].from[0].namespaceSelector.matchLabels',
    manager: 'kubectl-patch',
  },
  {
    what: 'a network policy deleted',
    act: kubectl('-n shop delete networkpolicy default-deny'),
    resource: 'networking.k8s.io/v1/NetworkPolicy/shop/default-deny',
    path: '',
    driftType: 'deleted',
  },
  {
    what: 'a verb more in a role',
    act: patch('json', 'tracking', 'role/ci-deployer', [
      { op: 'add', path: '/rules/0/verbs/-', value: 'delete' },
    ]),
    resource: 'rbac.authorization.k8s.io/v1/Role/tracking/ci-deployer',
    path: 'rules[0].verbs[3]',
    manager: 'kubectl-patch',
  },
  {
    what: 'a subject more in a binding',
    act: patch('json', 'tracking', 'rolebinding/ci-deployer', [
      {
        op: 'add',
        path: '/subjects/-',
        value: { kind: 'User', name: 'mallory', apiGroup: 'rbac.authorization.k8s.io' },
      },
    ]),
    resource: 'rbac.authorization.k8s.io/v1/RoleBinding/tracking/ci-deployer',
    path: 'subjects.mallory',
    manager: 'kubectl-patch',
  },
  {
    what: 'a field of a custom resource',
    act: patch('merge', 'tracking', 'parcelroute/leipzig-lyon', { spec: { to: 'marseille' } }),
    resource: 'logistics.brambleway.example/v1/ParcelRoute/tracking/leipzig-lyon',
    path: 'spec.to',
    manager: 'kubectl-patch',
  },
  {
    what: 'a field of a custom resource, away from the default of its schema',
    act: patch('json', 'tracking', 'parcelroute/leipzig-lyon', [
      { op: 'replace', path: '/spec/legs/0/express', value: true },
    ]),
    resource: 'logistics.brambleway.example/v1/ParcelRoute/tracking/leipzig-lyon',
    path: 'spec.legs[0].express',
    manager: 'kubectl-patch',
  },
  {
    what: 'a container more in a stateful set',
    act: patch('json', 'tracking', 'statefulset/events', [
      {
        op: 'add',
        path: '/spec/template/spec/containers/-',
        value: { name: 'debug', image: 'registry.brambleway.example/debug:1' },
      },
    ]),
    resource: 'apps/v1/StatefulSet/tracking/events',
    path: 'spec.template.spec.containers.debug',
    manager: 'kubectl-patch',
  },
  {
    what: 'a schedule, taken over by a second applier',
    act: (cluster) =>
      cluster.kubectlApply(
        {
          apiVersion: 'batch/v1',
          kind: 'CronJob',
          metadata: { name: 'retention', namespace: 'tracking' },
          spec: { schedule: '0 5 * * *' },
        },
        ['--server-side', '--field-manager=night-bot', '--force-conflicts'],
      ),
    resource: 'batch/v1/CronJob/tracking/retention',
    path: 'spec.schedule',
    manager: 'night-bot',
  },
  {
    what: 'a quota',
    act: edit('tracking', 'resourcequota/tracking', 'pods: "40"', 'pods: "400"'),
    resource: 'v1/ResourceQuota/tracking/tracking',
    path: 'spec.hard.pods',
    manager: 'kubectl-edit',
  },
  {
    what: 'an object nobody declared',
    act: kubectl('-n shop create configmap left-behind --from-literal=a=b'),
    resource: 'v1/ConfigMap/shop/left-behind',
    path: '',
    driftType: 'added',
    manager: 'kubectl-create',
  },
];
