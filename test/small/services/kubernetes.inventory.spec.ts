import { afterEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../sandbox/json.js';
import type { RunningServer } from '../../../sandbox/server/cloud-server.js';
import { EVERYTHING } from '../../../src/core/providers/index.js';
import type { Inventory } from '../../../src/core/providers/index.js';
import { KubernetesInventoryFactory } from '../../../src/services/kubernetes/index.js';
import {
  CLUSTER,
  TOKEN,
  configMaps,
  definition,
  object,
  serveKubernetes,
} from './kubernetes-sandbox.js';
import { QUICK, control, coverageOf, readAll } from './reading.js';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function serve(objects: JsonObject[], settings: JsonObject = {}): Promise<RunningServer> {
  const server = await serveKubernetes(objects, settings);
  open.push(server);
  return server;
}

function connect(server: { url: string }, options: object = {}): Inventory {
  const inventory = new KubernetesInventoryFactory({ ...QUICK, ...options }).create({
    provider: 'kubernetes',
    endpoint: server.url,
    regions: [],
    credentials: { token: TOKEN, clusterName: CLUSTER },
  });
  open.push(inventory);
  return inventory;
}

describe('identity', () => {
  it('is the cluster and the user the server knows us as', async () => {
    const inventory = connect(await serve([]));
    expect(await inventory.identify(new AbortController().signal)).toEqual({
      provider: 'kubernetes',
      accountId: CLUSTER,
      principal: 'system:serviceaccount:driftguard:scanner',
    });
  });

  it('is the cluster alone where the server cannot say', async () => {
    const server = await serve([]);
    await control(server, 'POST', 'faults', { fault: 'deny', type: 'SelfSubjectReview' });
    const identity = await connect(server).identify(new AbortController().signal);
    expect(identity).toMatchObject({ accountId: CLUSTER, principal: '' });
  });
});

describe.each([
  ['aggregated', {}],
  ['classic', { aggregatedDiscovery: false }],
])('a complete listing by %s discovery', (_, settings) => {
  it('reads every page of every kind and closes each with one record', async () => {
    const objects = [...configMaps('shop', 25), object('apps/v1', 'Deployment', 'shop', 'web')];
    const reading = await readAll(connect(await serve(objects, settings), { pageSize: 10 }));
    expect(coverageOf(reading, 'v1/ConfigMap')).toEqual({
      provider: 'kubernetes',
      type: 'v1/ConfigMap',
      accountId: CLUSTER,
      region: null,
      status: 'complete',
      resources: 25,
      pages: 3,
      message: null,
    });
    expect(coverageOf(reading, 'apps/v1/Deployment')).toMatchObject({
      status: 'complete',
      resources: 1,
    });
    expect(coverageOf(reading, 'batch/v1/Job')).toMatchObject({ status: 'complete', resources: 0 });
    const types = reading.coverage.map(({ type }) => type);
    expect(new Set(types).size).toBe(types.length);
    expect(reading.coverage.every(({ status }) => status === 'complete')).toBe(true);
  });

  it('leaves out subresources, what cannot be listed and what the cluster writes itself', async () => {
    const reading = await readAll(connect(await serve([], settings)));
    const kinds = reading.coverage.map(({ type }) => type);
    for (const absent of ['Event', 'Lease', 'EndpointSlice', 'Endpoints', 'TokenReview', 'Scale']) {
      expect(kinds.filter((type) => type.endsWith(`/${absent}`))).toEqual([]);
    }
  });

  it('reads a custom kind in the version the server prefers', async () => {
    const objects = [
      definition('example.com', 'Widget', 'v1beta1', 'v1', 'v2alpha1'),
      object('example.com/v1', 'Widget', 'shop', 'w', { spec: { size: 3 } }),
    ];
    const reading = await readAll(connect(await serve(objects, settings)), { types: ['Widget'] });
    expect(reading.coverage).toMatchObject([{ type: 'example.com/v1/Widget', resources: 1 }]);
    expect(reading.resources[0]?.aliases.slice(1)).toEqual([
      'example.com/v1beta1/Widget/shop/w',
      'example.com/v2alpha1/Widget/shop/w',
    ]);
  });
});

describe('a live object', () => {
  it('is the whole object with the apiVersion and kind that lists leave out', async () => {
    const live = object('apps/v1', 'Deployment', 'shop', 'web', {
      spec: { replicas: 2 },
      status: { readyReplicas: 2 },
    });
    live.metadata = {
      name: 'web',
      namespace: 'shop',
      uid: 'u-1',
      resourceVersion: '7',
      labels: { app: 'web' },
      managedFields: [{ manager: 'kubectl', operation: 'Apply' }],
    };
    const { resources } = await readAll(connect(await serve([live])), { types: ['Deployment'] });
    expect(resources).toEqual([
      {
        type: 'Deployment',
        format: 'k8s-live',
        provider: 'kubernetes',
        id: 'apps/v1/Deployment/shop/web',
        aliases: ['u-1'],
        name: 'web',
        properties: {
          ...live,
          metadata: { ...live.metadata, creationTimestamp: expect.any(String) },
        },
        companions: null,
        tags: { app: 'web' },
        scope: { accountId: CLUSTER, region: null, namespace: 'shop' },
        capturedAt: null,
        contentHash: expect.stringMatching(/^[0-9a-f]{16}$/),
      },
    ]);
  });

  it('of a cluster-scoped kind has an empty namespace in its id and null in its scope', async () => {
    const role = object('rbac.authorization.k8s.io/v1', 'ClusterRole', '', 'reader', { rules: [] });
    const { resources } = await readAll(connect(await serve([role])), { types: ['ClusterRole'] });
    expect(resources).toMatchObject([
      { id: 'rbac.authorization.k8s.io/v1/ClusterRole//reader', scope: { namespace: null } },
    ]);
  });

  it('is read once although a legacy group shows it too', async () => {
    const ingress = object('networking.k8s.io/v1', 'Ingress', 'shop', 'front');
    const extraVersions = [
      { groupVersion: 'extensions/v1beta1', kind: 'Ingress', sameAs: 'networking.k8s.io/v1' },
    ];
    const reading = await readAll(connect(await serve([ingress], { extraVersions })));
    const ingresses = reading.resources.filter(({ type }) => type === 'Ingress');
    expect(ingresses.map(({ id }) => id)).toEqual(['networking.k8s.io/v1/Ingress/shop/front']);
    expect(coverageOf(reading, 'extensions/v1beta1/Ingress').status).toBe('complete');
  });

  it('changes its hash when it changes', async () => {
    const server = await serve(configMaps('shop', 1));
    const read = async () =>
      (await readAll(connect(server), { types: ['ConfigMap'] })).resources[0];
    const before = await read();
    expect((await read())?.contentHash).toBe(before?.contentHash);
    await control(
      server,
      'PUT',
      'resources/v1/ConfigMap/shop/settings-000?path=data.n&by=kubectl-edit',
      '1',
    );
    const after = await read();
    expect(after?.contentHash).not.toBe(before?.contentHash);
    expect(after?.properties).toMatchObject({
      data: { n: '1' },
      metadata: { managedFields: [{ manager: 'kubectl-edit' }] },
    });
  });
});

describe('the scope', () => {
  const objects = [
    ...configMaps('shop', 2),
    ...configMaps('billing', 1),
    object('rbac.authorization.k8s.io/v1', 'ClusterRole', '', 'reader'),
    object('v1', 'Endpoints', 'shop', 'legacy-db'),
  ];

  it('of namespaces leaves cluster-scoped kinds out', async () => {
    const reading = await readAll(connect(await serve(objects)), { namespaces: ['billing'] });
    expect(reading.resources.map(({ id }) => id)).toEqual(['v1/ConfigMap/billing/settings-000']);
    expect(reading.coverage.map(({ type }) => type)).not.toContain(
      'rbac.authorization.k8s.io/v1/ClusterRole',
    );
  });

  it('of types reads those alone, however they are written', async () => {
    const types = ['v1/ConfigMap', 'ClusterRole', 'v1/Endpoints'];
    const reading = await readAll(connect(await serve(objects)), { types });
    expect(reading.coverage.map(({ type, resources }) => [type, resources])).toEqual([
      ['v1/ConfigMap', 3],
      ['rbac.authorization.k8s.io/v1/ClusterRole', 1],
      ['v1/Endpoints', 1],
    ]);
  });

  it('reads what the code declares in the version of the code, noisy or not, served or not', async () => {
    const widgets = [
      definition('example.com', 'Widget', 'v1', 'v1beta1'),
      object('example.com/v1', 'Widget', 'shop', 'w'),
    ];
    const types = [
      'example.com/v1beta1/Widget',
      'v1/Endpoints',
      'gone.example.com/v1/Thing',
      'apps/v1beta2/Deployment',
    ];
    const reading = await readAll(connect(await serve([...objects, ...widgets])), {
      expected: types.map((type) => ({ type, region: null })),
    });
    expect(coverageOf(reading, 'example.com/v1beta1/Widget').resources).toBe(1);
    expect(coverageOf(reading, 'v1/Endpoints').resources).toBe(1);
    expect(coverageOf(reading, 'gone.example.com/v1/Thing')).toMatchObject({
      status: 'complete',
      resources: 0,
    });
    expect(coverageOf(reading, 'apps/v1/Deployment').status).toBe('complete');
    expect(coverageOf(reading, 'v1/ConfigMap').resources).toBe(3);
  });
});

describe('progress', () => {
  it('counts up to the number of kinds, and resources come before their coverage', async () => {
    const inventory = connect(await serve(configMaps('shop', 30)), { pageSize: 10 });
    const done: number[] = [];
    let total: number | null = null;
    const closed = new Set<string>();
    for await (const record of inventory.list(EVERYTHING, new AbortController().signal)) {
      if (record.kind === 'coverage') closed.add(record.coverage.type);
      if (record.kind === 'resource') expect(closed).not.toContain(`v1/${record.resource.type}`);
      if (record.kind !== 'progress') continue;
      done.push(record.done);
      ({ total } = record);
    }
    expect(done).toEqual(done.map((_, index) => index));
    expect(total).toBe(done.length - 1);
  });
});
