import { afterEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../sandbox/json.js';
import type { RunningServer } from '../../../sandbox/server/cloud-server.js';
import type { Inventory } from '../../../src/core/providers/index.js';
import { KubernetesInventoryFactory } from '../../../src/services/kubernetes/index.js';
import { BUCKET, bucket, connectTo, PROJECT, serveProject, topics } from './gcp-sandbox.js';
import { configMaps, object, serveKubernetes, TOKEN } from './kubernetes-sandbox.js';
import { control, QUICK, readAll, type Reading } from './reading.js';

const open: { close(): Promise<void> }[] = [];
const signal = new AbortController().signal;
const DEAD = 'http://127.0.0.1:9';

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function serve(objects: JsonObject[]): Promise<RunningServer> {
  const server = await serveKubernetes(objects);
  open.push(server);
  return server;
}

function kubeconfig(servers: Readonly<Record<string, string>>): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    contexts: Object.keys(servers).map((name) => ({
      name: `${name}-admin`,
      context: { cluster: name, user: 'scanner' },
    })),
    clusters: Object.entries(servers).map(([name, server]) => ({ name, cluster: { server } })),
    users: [{ name: 'scanner', user: { token: TOKEN } }],
  });
}

function connect(servers: Readonly<Record<string, string>>, contexts = '*'): Inventory {
  const inventory = new KubernetesInventoryFactory(QUICK).create({
    provider: 'kubernetes',
    endpoint: null,
    regions: [],
    credentials: { kubeconfig: kubeconfig(servers), contexts },
  });
  open.push(inventory);
  return inventory;
}

function names({ resources }: Reading): string[] {
  return resources
    .filter(({ type }) => type === 'ConfigMap')
    .map(({ scope, name }) => `${scope.accountId}/${name}`)
    .sort();
}

describe('two clusters in one scan', () => {
  it('are both read, each under its own name', async () => {
    const [blue, green] = [await serve(configMaps('shop', 2)), await serve(configMaps('till', 1))];
    const inventory = connect({ blue: blue.url, green: green.url });
    expect(await inventory.identify(signal)).toMatchObject({ accountId: 'blue, green' });
    const reading = await readAll(inventory);
    expect(names(reading)).toEqual([
      'blue/settings-000',
      'blue/settings-001',
      'green/settings-000',
    ]);
    const counted = reading.coverage.filter(({ type }) => type === 'v1/ConfigMap');
    expect(
      counted.map(({ accountId, status, resources }) => [accountId, status, resources]).sort(),
    ).toEqual([
      ['blue', 'complete', 2],
      ['green', 'complete', 1],
    ]);
  });

  it('a dead one is a gap of its own and mutes nothing of the other', async () => {
    const blue = await serve(configMaps('shop', 2));
    const inventory = connect({ blue: blue.url, green: DEAD });
    expect(await inventory.identify(signal)).toMatchObject({ accountId: 'blue' });
    const reading = await readAll(inventory);
    expect(names(reading)).toHaveLength(2);
    const gaps = reading.coverage.filter(({ status }) => status !== 'complete');
    expect(gaps).toMatchObject([{ type: '*', accountId: 'green', status: 'failed' }]);
  });

  it('with both dead there is nothing to tell', async () => {
    const inventory = connect({ blue: DEAD, green: 'http://127.0.0.1:10' });
    await expect(inventory.identify(signal)).rejects.toMatchObject({ failure: 'unreachable' });
    await expect(readAll(inventory)).rejects.toMatchObject({ failure: 'unreachable' });
  });

  it('a kind that one of them denies is read in the other', async () => {
    const secret = object('v1', 'Secret', 'shop', 'token');
    const [blue, green] = [await serve([secret]), await serve([secret])];
    await control(green, 'POST', 'faults', { fault: 'deny', operation: 'list', type: 'Secret' });
    const reading = await readAll(connect({ blue: blue.url, green: green.url }));
    const secrets = reading.coverage.filter(({ type }) => type === 'v1/Secret');
    expect(secrets.map(({ accountId, status }) => [accountId, status]).sort()).toEqual([
      ['blue', 'complete'],
      ['green', 'denied'],
    ]);
  });

  it('read the same through a storm that throttles 30 % of all calls', async () => {
    const servers = [await serve(configMaps('shop', 40)), await serve(configMaps('till', 40))];
    const [blue, green] = servers.map(({ url }) => url);
    const inventory = connect({ blue: blue ?? '', green: green ?? '' });
    const calm = names(await readAll(inventory));
    const storm = { fault: 'throttle', share: 0.3, seed: 11 };
    await Promise.all(servers.map((server) => control(server, 'POST', 'faults', storm)));
    const reading = await readAll(inventory);
    expect(names(reading)).toEqual(calm);
    expect(reading.coverage.every(({ status }) => status === 'complete')).toBe(true);
    expect(calm).toHaveLength(80);
  });

  it('that are named are those, and a name that is missing is an error', async () => {
    const blue = await serve(configMaps('shop', 1));
    const servers = { blue: blue.url, green: DEAD };
    expect(names(await readAll(connect(servers, 'blue-admin')))).toEqual(['blue/settings-000']);
    expect(() => connect(servers, 'blue-admin, red')).toThrow(/no context named red/);
  });
});

describe('several projects in one scan', () => {
  it('one that is not allowed mutes nothing of the other', async () => {
    const server = await serveProject([...topics(2), bucket('logs')]);
    open.push(server);
    const inventory = connectTo(server.url, {}, { scope: `projects/${PROJECT}, folders/404` });
    open.push(inventory);
    const reading = await readAll(inventory);
    expect(reading.resources).toHaveLength(3);
    const gaps = reading.coverage.filter(({ status }) => status !== 'complete');
    expect(gaps.length).toBeGreaterThan(0);
    expect(gaps.every(({ accountId }) => accountId !== PROJECT)).toBe(true);
  });
});

describe('what an earlier attempt read completely', () => {
  it('is neither listed nor told again: Kubernetes', async () => {
    const server = await serve(configMaps('shop', 3));
    const inventory = connect({ blue: server.url });
    const completed = (await readAll(inventory)).coverage;
    await control(server, 'POST', 'reset');
    const again = await readAll(inventory, { completed });
    expect(again).toEqual({ resources: [], coverage: [] });
    const calls = await control(server, 'GET', 'calls');
    expect(JSON.stringify(calls)).not.toContain('"list"');
  });

  it('is neither listed nor told again: Google Cloud, type by type', async () => {
    const server = await serveProject([...topics(2), bucket('logs')]);
    open.push(server);
    const inventory = connectTo(server.url);
    open.push(inventory);
    const first = await readAll(inventory);
    const completed = first.coverage.filter(({ type }) => type !== BUCKET);
    const again = await readAll(inventory, { completed });
    expect(again.resources.map(({ type }) => type)).toEqual([BUCKET]);
    expect(again.coverage.map(({ type }) => type)).toEqual([BUCKET]);
    expect(await readAll(inventory, { completed: first.coverage })).toEqual({
      resources: [],
      coverage: [],
    });
  });
});

describe('the change log of several Google projects', () => {
  const NAME = '//storage.googleapis.com/exports';
  const BY = 'ana@brambleway.example';
  const resource = (accountId: string) => ({
    provider: 'gcp' as const,
    type: BUCKET,
    id: NAME,
    name: 'exports',
    aliases: [],
    scope: { accountId, region: null, namespace: null },
  });

  it('is asked where the resource is, and says who', async () => {
    const server = await serveProject([bucket('exports')]);
    const scope = `projects/${PROJECT},projects/other-project`;
    const inventory = connectTo(server.url, {}, { scope });
    open.push(server, inventory);
    const path = `resources/${encodeURIComponent(NAME)}?path=resource.data.labels.team&by=${BY}`;
    await control(server, 'PUT', path, 'data');
    const since = new Date(Date.now() - 86_400_000);
    const events = await inventory.history?.eventsOf(resource(PROJECT), since, signal);
    expect(events?.[0]).toMatchObject({ actor: BY });
    // Two that refuse are no answer.
    await expect(
      inventory.history?.eventsOf(resource('elsewhere'), since, signal),
    ).rejects.toMatchObject({ failure: 'denied' });
  });
});
