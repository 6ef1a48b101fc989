import type { ActualResource } from '../../../../../core/providers/index.js';
import { at, byProvider, childOf, type ClassRule, field, listAt, textAt } from './class-rule.js';

/**
 * Accounts Google makes and runs: service agents and default service accounts.
 * https://cloud.google.com/iam/docs/service-account-types
 */
const GOOGLE_ACCOUNT =
  /^(service-\d+@.+\.iam\.gserviceaccount\.com|\d+@cloudservices\.gserviceaccount\.com|\d+-compute@developer\.gserviceaccount\.com|[\w.:-]+@appspot\.gserviceaccount\.com)$/;

const lastPart = (id: string): string => id.slice(id.lastIndexOf('/') + 1);
const nameOf = (resource: ActualResource): string => lastPart(resource.name ?? resource.id);

/** Names of what comes with a project; https://cloud.google.com/vpc/docs/vpc#default-network, …/logging/docs/store-log-entries */
const RESERVED: readonly (readonly [type: RegExp, name: RegExp, reason: string])[] = [
  [/^compute\.googleapis\.com\/(Network|Subnetwork)$/, /^default$/, 'the default network'],
  [
    /^compute\.googleapis\.com\/Firewall$/,
    /^default-allow-(internal|ssh|rdp|icmp)$/,
    'part of the default network',
  ],
  [/^compute\.googleapis\.com\/Route$/, /^default-route-/, 'a route the network makes itself'],
  [
    /^logging\.googleapis\.com\/(LogBucket|LogSink)$/,
    /^_(Default|Required)$/,
    'every project has one',
  ],
  [
    /^storage\.googleapis\.com\/Bucket$/,
    /^((staging\.|artifacts\.)[\w.-]+\.appspot\.com|gcf-(v2-)?(sources|uploads)-|[\w-]+_cloudbuild$)/,
    'made by a service',
  ],
  [
    /^artifactregistry\.googleapis\.com\/Repository$/,
    /^(gcf-artifacts|cloud-run-source-deploy|([a-z]+\.)?gcr\.io)$/,
    'made by a service',
  ],
  [/^bigqueryconnection|^dataplex/, /^@/, 'made by a service'],
];

const reserved: ClassRule = (resource) => {
  const name = nameOf(resource);
  const found = RESERVED.find(([type, own]) => type.test(resource.type) && own.test(name));
  if (found) return byProvider(found[2]);
  const email = textAt(resource, 'email') || name;
  return resource.type === 'iam.googleapis.com/ServiceAccount' && GOOGLE_ACCOUNT.test(email)
    ? byProvider('an account Google makes and runs')
    : undefined;
};

/** What a cluster or an instance group makes carries its mark. https://cloud.google.com/kubernetes-engine/docs/how-to/creating-managing-labels */
const madeByParent: ClassRule = (resource, context) => {
  const { tags } = resource;
  const cluster = tags['goog-k8s-cluster-name'] ?? tags['goog-gke-cluster-name'];
  if (cluster !== undefined || tags['goog-gke-node'] !== undefined) {
    const owner = cluster && context.ownerNamed('container.googleapis.com/Cluster', cluster);
    return childOf(owner ?? `the cluster ${cluster ?? ''}`.trim());
  }
  if (resource.type.startsWith('compute.googleapis.com/') && /^(gke|k8s)-/.test(nameOf(resource)))
    return childOf('a cluster of Kubernetes Engine');
  for (const item of listAt(resource, 'metadata', 'items')) {
    if (field(item, 'key') !== 'created-by') continue;
    const maker = field(item, 'value');
    if (typeof maker === 'string' && maker.includes('/instanceGroupManagers/'))
      return childOf(context.owner(maker) ?? `the instance group ${lastPart(maker)}`);
  }
  return undefined;
};

/** A disk that goes with its instance. */
const bootDisk: ClassRule = (resource, context) => {
  const users = at(resource, 'users');
  if (resource.type !== 'compute.googleapis.com/Disk' || !Array.isArray(users)) return undefined;
  for (const user of users) {
    if (typeof user !== 'string') continue;
    const owner =
      context.owner(user) ?? context.ownerNamed('compute.googleapis.com/Instance', lastPart(user));
    if (owner !== undefined) return childOf(owner);
  }
  return undefined;
};

export const googleClass: ClassRule = (resource, context) =>
  resource.provider === 'gcp'
    ? (reserved(resource, context) ??
      madeByParent(resource, context) ??
      bootDisk(resource, context))
    : undefined;
