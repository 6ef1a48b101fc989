import { afterEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../sandbox/json.js';
import type { Inventory } from '../../../src/core/providers/index.js';
import {
  asset,
  bucket,
  BUCKET,
  connectTo,
  FOLDER,
  NUMBER,
  PROJECT,
  serveProject,
  TOPIC,
  topics,
} from './gcp-sandbox.js';
import type { RunningProject } from './gcp-sandbox.js';
import { control, coverageOf, readAll } from './reading.js';

const POLICY = 'iam.googleapis.com/AllowPolicy';
const FIREWALL = 'compute.googleapis.com/Firewall';
const INSTANCE = 'compute.googleapis.com/Instance';
const never = new AbortController().signal;

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function serve(assets: readonly JsonObject[]): Promise<RunningProject> {
  const server = await serveProject(assets);
  open.push(server);
  return server;
}

function connect(server: { url: string }, ...rest: Rest): Inventory {
  const inventory = connectTo(server.url, ...rest);
  open.push(inventory);
  return inventory;
}
type Rest = Parameters<typeof connectTo> extends [string, ...infer Others] ? Others : never;

function instance(name: string, zone: string): JsonObject {
  const path = `projects/${PROJECT}/zones/${zone}/instances/${name}`;
  const selfLink = `https://www.googleapis.com/compute/v1/${path}`;
  const data = { name, selfLink, id: '77', zone };
  return asset(INSTANCE, `//compute.googleapis.com/${path}`, data, { location: zone });
}

function projectAsset(): JsonObject {
  const data = { projectId: PROJECT, projectNumber: NUMBER };
  return asset(
    'cloudresourcemanager.googleapis.com/Project',
    `//cloudresourcemanager.googleapis.com/projects/${NUMBER}`,
    data,
  );
}

describe('identity', () => {
  it('is the project and what the credential says of itself', async () => {
    const server = await serve([]);
    const token = await connect(server).identify(never);
    expect(token).toEqual({ provider: 'gcp', accountId: PROJECT, principal: 'access token' });
    const { serviceAccountKey } = server;
    const key = connect(server, {}, { accessToken: '', scope: '', serviceAccountKey });
    expect(await key.identify(never)).toEqual({
      provider: 'gcp',
      accountId: PROJECT,
      principal: `scanner@${PROJECT}.iam.gserviceaccount.com`,
    });
  });

  it('is the folder where a folder is read', async () => {
    const inventory = connect(await serve([]), {}, { scope: FOLDER });
    expect((await inventory.identify(never)).accountId).toBe(FOLDER);
  });
});

describe('a complete listing', () => {
  it('reads every page of every type and closes each with one record', async () => {
    const server = await serve([...topics(25), bucket('logs')]);
    const reading = await readAll(connect(server, { pageSize: 10 }));
    expect(new Set(reading.resources.map(({ id }) => id)).size).toBe(26);
    expect(coverageOf(reading, TOPIC)).toEqual({
      provider: 'gcp',
      type: TOPIC,
      accountId: PROJECT,
      region: null,
      status: 'complete',
      resources: 25,
      pages: 3,
      message: null,
    });
    expect(coverageOf(reading, BUCKET)).toMatchObject({ status: 'complete', resources: 1 });
    expect(reading.coverage).toHaveLength(3);
  });

  it('asks once for types that fit on one page together', async () => {
    const server = await serve([...topics(25), bucket('logs'), instance('a', 'europe-west3-a')]);
    await readAll(connect(server));
    const { byOperation } = await control(server, 'GET', 'calls');
    expect(byOperation).toEqual({
      ListAssets: 1,
      'ListAssets:RESOURCE': 1,
      'ListAssets:IAM_POLICY': 1,
    });
  });

  it('keeps the resource as the API describes it', async () => {
    const data = {
      name: 'allow-web',
      selfLink: `https://www.googleapis.com/compute/v1/projects/${PROJECT}/global/firewalls/allow-web`,
      priority: 1000,
      disabled: false,
      description: null,
      allowed: [{ IPProtocol: 'tcp', ports: ['443'] }],
      empty: {},
      none: [],
    };
    const name = `//compute.googleapis.com/projects/${PROJECT}/global/firewalls/allow-web`;
    const more = { updateTime: '2026-05-11T08:12:45.120Z' };
    const server = await serve([asset(FIREWALL, name, data, more)]);
    const [resource] = (await readAll(connect(server))).resources;
    expect(resource).toEqual({
      type: FIREWALL,
      format: 'gcp-cai',
      provider: 'gcp',
      id: name,
      aliases: [data.selfLink],
      name: 'allow-web',
      properties: data,
      companions: null,
      tags: {},
      scope: { accountId: PROJECT, region: null, namespace: null },
      capturedAt: '2026-05-11T08:12:45.120Z',
      contentHash: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
  });

  it('knows full names as aliases, labels as tags and locations', async () => {
    const reading = await readAll(connect(await serve([...topics(1), bucket('logs')])));
    const [topic] = reading.resources.filter(({ type }) => type === TOPIC);
    expect(topic?.aliases).toEqual([`projects/${PROJECT}/topics/topic-0`]);
    const [logs] = reading.resources.filter(({ type }) => type === BUCKET);
    expect(logs).toMatchObject({ tags: { team: 'web' }, scope: { region: 'eu' } });
  });

  it('reads only the types that are asked for', async () => {
    const server = await serve([...topics(2), bucket('logs')]);
    const reading = await readAll(connect(server), { types: [BUCKET] });
    expect(reading.resources.map(({ type }) => type)).toEqual([BUCKET]);
    expect(reading.coverage.map(({ type }) => type)).toEqual([POLICY, BUCKET]);
  });

  it('names the project by its id in a folder, and covers the whole folder', async () => {
    const server = await serve([projectAsset(), bucket('logs')]);
    const reading = await readAll(connect(server, {}, { scope: FOLDER }));
    expect(reading.resources.map(({ scope }) => scope.accountId)).toEqual([PROJECT, PROJECT]);
    const buckets = reading.coverage.filter(({ type }) => type === BUCKET);
    // The project that has some, and all the others that were looked at.
    expect(
      buckets.map(({ accountId, status, resources }) => [accountId, status, resources]),
    ).toEqual([
      [PROJECT, 'complete', 1],
      [null, 'complete', 0],
    ]);
  });

  it('hashes a resource the same until it or its policy changes', async () => {
    const policy = { version: 1, bindings: [{ role: 'roles/viewer', members: ['user:a@b.c'] }] };
    const server = await serve([bucket('logs', { iamPolicy: policy })]);
    const hashes: (string | null | undefined)[] = [];
    const read = async () =>
      hashes.push((await readAll(connect(server))).resources[0]?.contentHash);
    await read();
    await read();
    const address = `resources/${encodeURIComponent('//storage.googleapis.com/logs')}`;
    await control(server, 'PUT', `${address}?path=iamPolicy.bindings[0].members[0]`, 'allUsers');
    await read();
    await control(server, 'PUT', `${address}?path=resource.data.name`, 'x');
    await read();
    expect(hashes[0]).toBe(hashes[1]);
    expect(new Set(hashes).size).toBe(3);
  });
});

describe('regions', () => {
  it('leave out what lives elsewhere and never speak for it', async () => {
    const places = ['europe-west3-a', 'europe-west3-b', 'us-east1-b'];
    const server = await serve([...places.map((zone) => instance(zone, zone)), bucket('logs')]);
    const reading = await readAll(connect(server, {}, {}, ['europe-west3']));
    expect(reading.resources.map(({ scope }) => scope.region).sort()).toEqual([
      'eu',
      'europe-west3-a',
      'europe-west3-b',
    ]);
    const regions = reading.coverage.filter(({ type }) => type === INSTANCE);
    expect(regions.map(({ region, resources }) => [region, resources])).toEqual([
      ['europe-west3-a', 1],
      ['europe-west3-b', 1],
      ['europe-west3', 0],
    ]);
  });
});

describe('what is gone', () => {
  const gone = encodeURIComponent(`//pubsub.googleapis.com/projects/${PROJECT}/topics/topic-0`);

  it('is not listed, and the type stays complete', async () => {
    const server = await serve(topics(2));
    await control(server, 'DELETE', `resources/${gone}`);
    const reading = await readAll(connect(server));
    expect(coverageOf(reading, TOPIC)).toMatchObject({ status: 'complete', resources: 1 });
  });

  it('is proven gone when the last of an expected type was deleted', async () => {
    const server = await serve(topics(1));
    await control(server, 'DELETE', `resources/${gone}`);
    const expected = [{ type: TOPIC, region: null }];
    const reading = await readAll(connect(server), { expected });
    expect(coverageOf(reading, TOPIC)).toMatchObject({ status: 'complete', resources: 0 });
  });

  it('is not claimed for a type the inventory does not list', async () => {
    const expected = [TOPIC, 'nosuch.googleapis.com/Thing'].map((type) => ({ type, region: null }));
    const reading = await readAll(connect(await serve([])), { expected });
    expect(coverageOf(reading, 'nosuch.googleapis.com/Thing')).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('not supported'),
    });
    expect(coverageOf(reading, TOPIC).status).toBe('complete');
  });

  it('is still there at a time before', async () => {
    const server = await serve(topics(1));
    await control(server, 'DELETE', `resources/${gone}`);
    const past = connect(server, {}, { readTime: '2026-03-01T00:00:00Z' });
    expect((await readAll(past)).resources).toHaveLength(1);
    expect((await readAll(connect(server))).resources).toHaveLength(0);
  });
});

describe('policies', () => {
  const policy = {
    version: 3,
    etag: 'BwYxEXAMPLE=',
    bindings: [
      { role: 'roles/storage.objectViewer', members: ['allUsers', 'user:a@b.c'] },
      {
        role: 'roles/storage.admin',
        members: ['group:ops@b.c'],
        condition: { title: 'until', description: '', expression: 'request.time < x' },
      },
    ],
  };

  it('stand beside the resource that has one', async () => {
    const server = await serve([bucket('open', { iamPolicy: policy }), bucket('plain')]);
    const reading = await readAll(connect(server));
    const byName = new Map(reading.resources.map(({ name, companions }) => [name, companions]));
    expect(byName.get('open')).toEqual({ iamPolicy: policy });
    expect(byName.get('plain')).toBeNull();
    expect(coverageOf(reading, POLICY)).toMatchObject({ status: 'complete', resources: 1 });
  });

  it('that may not be read are null, not "none", and the resources are read all the same', async () => {
    const server = await serve([bucket('open', { iamPolicy: policy })]);
    await control(server, 'POST', 'faults', { fault: 'deny', operation: 'ListAssets:IAM_POLICY' });
    const reading = await readAll(connect(server));
    expect(reading.resources[0]?.companions).toEqual({ iamPolicy: null });
    expect(coverageOf(reading, BUCKET).status).toBe('complete');
    expect(coverageOf(reading, POLICY)).toMatchObject({
      status: 'denied',
      message: expect.stringContaining('cloudasset.assets.listIamPolicy'),
    });
  });
});
