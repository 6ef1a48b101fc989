import { describe, expect, it } from '@jest/globals';
import {
  type ActualResource,
  NO_SCOPE,
  type JsonObject,
  type Provider,
} from '../../../../../core/providers/index.js';
import { createEstate } from '../../scan-facts.js';
import { fieldOf } from '../../testing/rule-on.js';
import { classifyUnmanaged } from '../classify-unmanaged.js';
import { ownership } from '../ownership.js';

interface Live {
  readonly id?: string;
  readonly name?: string;
  readonly properties?: JsonObject;
  readonly tags?: Readonly<Record<string, string>>;
  readonly namespace?: string;
}

function live(provider: Provider, type: string, facts: Live = {}): ActualResource {
  const { id = 'x', name = null, properties = {}, tags = {}, namespace = null } = facts;
  const { actual } = fieldOf({ type }).pair;
  const scope = { ...NO_SCOPE, namespace };
  return { ...actual, provider, id, name, properties, tags, scope, format: 'aws-config' };
}

const { declared: template } = fieldOf().pair;
/** A declared cluster, machine, function and stack, and a default network beside them. */
const managed: readonly (readonly [address: string, actual: ActualResource])[] = [
  ['aws_eks_cluster.main', live('aws', 'AWS::EKS::Cluster', { id: 'main', name: 'main' })],
  ['aws_instance.bastion', live('aws', 'AWS::EC2::Instance', { id: 'i-1' })],
  [
    'aws_lambda_function.rates',
    live('aws', 'AWS::Lambda::Function', { id: 'rates', name: 'rates' }),
  ],
  [
    'google_compute_instance.app',
    live('gcp', 'compute.googleapis.com/Instance', {
      id: '//compute.googleapis.com/projects/p/zones/z/instances/app',
      name: 'app',
    }),
  ],
  [
    'azurerm_linux_virtual_machine.app',
    live('azure', 'microsoft.compute/virtualmachines', { id: '/subscriptions/s/vm/app' }),
  ],
];
const defaultVpc = live('aws', 'AWS::EC2::VPC', { id: 'vpc-d', properties: { isDefault: true } });
const ingress = {
  ...live('kubernetes', 'Ingress', {
    name: 'shop',
    namespace: 'shop',
    properties: {
      metadata: { annotations: { 'cert-manager.io/cluster-issuer': 'acme' } },
      spec: { tls: [{ secretName: 'shop-tls' }] },
    },
  }),
};
const context = ownership(createEstate([], [defaultVpc, ingress]), () =>
  managed.map(([address, actual]) => ({ declared: { ...template, address }, actual })),
);
const classOf = (resource: ActualResource) => classifyUnmanaged(resource, context);

describe('what a provider makes by itself', () => {
  it.each<[Provider, string, Live]>([
    ['aws', 'AWS::EC2::VPC', { properties: { isDefault: true } }],
    ['aws', 'AWS::EC2::Subnet', { properties: { DefaultForAz: true } }],
    ['aws', 'AWS::EC2::SecurityGroup', { name: 'default' }],
    ['aws', 'AWS::EC2::NetworkAcl', { properties: { isDefault: true } }],
    ['aws', 'AWS::EC2::RouteTable', { properties: { associations: [{ main: true }] } }],
    ['aws', 'AWS::EC2::InternetGateway', { properties: { attachments: [{ vpcId: 'vpc-d' }] } }],
    ['aws', 'AWS::IAM::Role', { properties: { path: '/aws-service-role/ecs.amazonaws.com/' } }],
    ['aws', 'AWS::KMS::Key', { properties: { keyManager: 'AWS' } }],
    ['aws', 'AWS::KMS::Alias', { name: 'alias/aws/ebs' }],
    ['aws', 'AWS::RDS::DBParameterGroup', { name: 'default.postgres16' }],
    ['aws', 'AWS::RDS::OptionGroup', { name: 'default:mysql-8-0' }],
    ['aws', 'AWS::Athena::WorkGroup', { name: 'primary' }],
    ['aws', 'AWS::RDS::DBSnapshot', { name: 'rds:orders-2026-01-01' }],
    ['gcp', 'compute.googleapis.com/Network', { name: 'default' }],
    ['gcp', 'compute.googleapis.com/Firewall', { name: 'default-allow-ssh' }],
    [
      'gcp',
      'iam.googleapis.com/ServiceAccount',
      { properties: { email: '12-compute@developer.gserviceaccount.com' } },
    ],
    ['gcp', 'logging.googleapis.com/LogSink', { name: '_Default' }],
    ['azure', 'microsoft.resources/subscriptions/resourcegroups', { name: 'NetworkWatcherRG' }],
    ['azure', 'microsoft.network/networkwatchers', { name: 'NetworkWatcher_westeurope' }],
    ['azure', 'microsoft.sql/servers/databases', { name: 'master' }],
    ['kubernetes', 'ServiceAccount', { name: 'default', namespace: 'shop' }],
    ['kubernetes', 'ConfigMap', { name: 'kube-root-ca.crt', namespace: 'shop' }],
    [
      'kubernetes',
      'ClusterRole',
      {
        name: 'cluster-admin',
        properties: { metadata: { labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' } } },
      },
    ],
    ['kubernetes', 'Deployment', { name: 'coredns', namespace: 'kube-system' }],
    ['kubernetes', 'FlowSchema', { name: 'global-default' }],
  ])('%s %s', (provider, type, facts) => {
    expect(classOf(live(provider, type, facts))).toEqual({
      class: 'provider-default',
      reason: expect.stringMatching(/\w/),
    });
  });
});

describe('what belongs to something else', () => {
  it.each<[Provider, string, Live, string]>([
    [
      'aws',
      'AWS::EC2::Instance',
      { tags: { 'aws:autoscaling:groupName': 'web' } },
      'the Auto Scaling group web',
    ],
    [
      'aws',
      'AWS::EC2::SecurityGroup',
      { tags: { 'aws:eks:cluster-name': 'main' } },
      'aws_eks_cluster.main',
    ],
    [
      'aws',
      'AWS::EC2::SecurityGroup',
      { tags: { 'kubernetes.io/cluster/other': 'owned' } },
      'the cluster other',
    ],
    [
      'aws',
      'AWS::EC2::NetworkInterface',
      { properties: { attachment: { instanceId: 'i-1' } } },
      'aws_instance.bastion',
    ],
    [
      'aws',
      'AWS::EC2::NetworkInterface',
      { properties: { requesterManaged: true, description: 'ELB app/web' } },
      'ELB app/web',
    ],
    [
      'aws',
      'AWS::EC2::Volume',
      { properties: { attachments: [{ instanceId: 'i-1' }] } },
      'aws_instance.bastion',
    ],
    ['aws', 'AWS::Logs::LogGroup', { name: '/aws/lambda/rates' }, 'aws_lambda_function.rates'],
    [
      'gcp',
      'compute.googleapis.com/Disk',
      {
        properties: {
          users: ['https://www.googleapis.com/compute/v1/projects/p/zones/z/instances/app'],
        },
      },
      'google_compute_instance.app',
    ],
    [
      'gcp',
      'compute.googleapis.com/Instance',
      { tags: { 'goog-k8s-cluster-name': 'main' } },
      'the cluster main',
    ],
    [
      'azure',
      'microsoft.compute/disks',
      { properties: { managedBy: '/subscriptions/S/vm/APP' } },
      'azurerm_linux_virtual_machine.app',
    ],
    [
      'azure',
      'microsoft.network/loadbalancers',
      { namespace: 'MC_rg_prod_westeurope' },
      'the AKS cluster prod',
    ],
    ['kubernetes', 'Secret', { name: 'shop-tls', namespace: 'shop' }, 'Ingress/shop'],
    [
      'kubernetes',
      'Secret',
      { properties: { type: 'helm.sh/release.v1', metadata: { labels: { name: 'shop' } } } },
      'the Helm release shop',
    ],
    [
      'kubernetes',
      'EndpointSlice',
      { properties: { metadata: { labels: { 'kubernetes.io/service-name': 'web' } } } },
      'Service/web',
    ],
  ])('%s %s %j', (provider, type, facts, parent) => {
    expect(classOf(live(provider, type, facts))).toEqual({
      class: 'child',
      reason: `part of ${parent}`,
    });
  });

  it('names the owner of a Kubernetes object', () => {
    const pod = live('kubernetes', 'Pod', {
      properties: { metadata: { ownerReferences: [{ kind: 'ReplicaSet', name: 'web-1' }] } },
    });
    expect(classOf(pod)).toEqual({ class: 'child', reason: 'owned by ReplicaSet/web-1' });
  });
});

describe('what is news', () => {
  it.each<[Provider, string, Live]>([
    ['aws', 'AWS::EC2::VPC', { properties: { isDefault: false } }],
    ['aws', 'AWS::EC2::SecurityGroup', { name: 'web' }],
    ['aws', 'AWS::EC2::RouteTable', { properties: { associations: [{ main: false }] } }],
    ['aws', 'AWS::EC2::InternetGateway', { properties: { attachments: [{ vpcId: 'vpc-own' }] } }],
    ['aws', 'AWS::EC2::InternetGateway', {}],
    ['aws', 'AWS::KMS::Key', { properties: { keyManager: 'CUSTOMER' } }],
    [
      'aws',
      'AWS::EC2::NetworkInterface',
      { properties: { attachment: { instanceId: 'i-unknown' }, interfaceType: 'interface' } },
    ],
    ['aws', 'AWS::Logs::LogGroup', { name: '/aws/lambda/other' }],
    ['aws', 'AWS::IAM::User', { name: 'default' }],
    ['gcp', 'compute.googleapis.com/Network', { name: 'shop' }],
    [
      'gcp',
      'iam.googleapis.com/ServiceAccount',
      { properties: { email: 'ci@p.iam.gserviceaccount.com' } },
    ],
    ['azure', 'microsoft.storage/storageaccounts', { name: 'master' }],
    ['kubernetes', 'ServiceAccount', { name: 'ci', namespace: 'shop' }],
    ['kubernetes', 'Secret', { name: 'other', namespace: 'shop' }],
    ['kubernetes', 'ClusterRole', { name: 'admin-of-mine' }],
  ])('%s %s %j', (provider, type, facts) => {
    expect(classOf(live(provider, type, facts))).toEqual({ class: 'unmanaged', reason: null });
  });
});
