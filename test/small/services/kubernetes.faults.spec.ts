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

const MAPS = 'v1/ConfigMap';
const SECRETS = 'v1/Secret';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function serve(settings: JsonObject = {}): Promise<RunningServer> {
  const objects = [
    ...configMaps('shop', 25),
    ...configMaps('billing', 5),
    object('v1', 'Secret', 'shop', 'password', { data: { password: 'aHVudGVyMg==' } }),
    definition('example.com', 'Widget', 'v1'),
  ];
  const server = await serveKubernetes(objects, settings);
  open.push(server);
  return server;
}

function connect(endpoint: string, options: object = {}, credentials: object = {}): Inventory {
  const inventory = new KubernetesInventoryFactory({ ...QUICK, pageSize: 10, ...options }).create({
    provider: 'kubernetes',
    endpoint,
    regions: [],
    credentials: { token: TOKEN, clusterName: CLUSTER, ...credentials },
  });
  open.push(inventory);
  return inventory;
}

describe('faults of the server', () => {
  it('a denied kind is denied and the others are untouched', async () => {
    const server = await serve();
    await control(server, 'POST', 'faults', { fault: 'deny', type: 'Secret' });
    const reading = await readAll(connect(server.url));
    expect(coverageOf(reading, SECRETS)).toMatchObject({
      status: 'denied',
      resources: 0,
      message: expect.stringMatching(/^secrets is forbidden: User .* cannot list resource/),
    });
    const others = reading.coverage.filter(({ type }) => type !== SECRETS);
    expect(others.every(({ status }) => status === 'complete')).toBe(true);
    expect((await control(server, 'GET', 'calls')).byType).toMatchObject({ Secret: 1 });
  });

  it('a kind denied in one of two namespaces is partial', async () => {
    const server = await serve();
    await control(server, 'POST', 'faults', {
      fault: 'deny',
      type: 'ConfigMap',
      namespace: 'shop',
    });
    const scope = { namespaces: ['billing', 'shop'], types: ['ConfigMap'] };
    const reading = await readAll(connect(server.url), scope);
    expect(coverageOf(reading, MAPS)).toMatchObject({ status: 'partial', resources: 5 });
  });

  it('a storm of 429 is outlived', async () => {
    const server = await serve();
    await control(server, 'POST', 'faults', {
      fault: 'throttle',
      share: 0.4,
      seed: 5,
      retryAfterSeconds: 0,
    });
    const reading = await readAll(connect(server.url));
    expect(reading.coverage.every(({ status }) => status === 'complete')).toBe(true);
    expect(coverageOf(reading, MAPS).resources).toBe(30);
    expect((await control(server, 'GET', 'calls')).faults).toMatchObject({
      throttle: expect.any(Number),
    });
  });

  it('429 without an end is throttled; a wait longer than allowed is not waited for', async () => {
    const server = await serve();
    await control(server, 'POST', 'faults', { fault: 'throttle', type: 'Secret' });
    await control(server, 'POST', 'faults', {
      fault: 'throttle',
      type: 'ConfigMap',
      retryAfterSeconds: 3600,
    });
    const reading = await readAll(connect(server.url));
    expect(coverageOf(reading, SECRETS)).toMatchObject({ status: 'throttled', resources: 0 });
    expect(coverageOf(reading, MAPS).status).toBe('throttled');
    const { byType } = await control(server, 'GET', 'calls');
    expect(byType).toMatchObject({ Secret: QUICK.retry.attempts, ConfigMap: 1 });
  });

  it('server faults are retried, without an end they fail the kind', async () => {
    const server = await serve();
    await control(server, 'POST', 'faults', {
      fault: 'error',
      type: 'Secret',
      times: 2,
      status: 503,
    });
    await control(server, 'POST', 'faults', { fault: 'error', type: 'ConfigMap', skip: 1 });
    const reading = await readAll(connect(server.url));
    expect(coverageOf(reading, SECRETS)).toMatchObject({ status: 'complete', resources: 1 });
    expect(coverageOf(reading, MAPS)).toMatchObject({
      status: 'partial',
      resources: 10,
      message: expect.stringContaining('Stopped after 1 pages: Listing failed: HTTP 500'),
    });
  });

  it('an expired list starts again once, and no object comes twice', async () => {
    const server = await serve();
    await control(server, 'POST', 'faults', {
      fault: 'expire',
      type: 'ConfigMap',
      skip: 1,
      times: 1,
    });
    const reading = await readAll(connect(server.url));
    expect(coverageOf(reading, MAPS)).toMatchObject({ status: 'complete', resources: 30 });
    const ids = reading.resources.filter(({ type }) => type === 'ConfigMap').map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('a list that keeps expiring is partial', async () => {
    const server = await serve();
    await control(server, 'POST', 'faults', { fault: 'expire', type: 'ConfigMap' });
    expect(coverageOf(await readAll(connect(server.url)), MAPS)).toMatchObject({
      status: 'partial',
      resources: 10,
      message: expect.stringContaining('HTTP 410'),
    });
  });

  it('a body cut in the middle is read again; if it always is, the kind is partial', async () => {
    const server = await serve();
    await control(server, 'POST', 'faults', { fault: 'cut', type: 'Secret', times: 2 });
    await control(server, 'POST', 'faults', { fault: 'cut', type: 'ConfigMap', skip: 2 });
    const reading = await readAll(connect(server.url));
    expect(coverageOf(reading, SECRETS)).toMatchObject({ status: 'complete', resources: 1 });
    expect(coverageOf(reading, MAPS)).toMatchObject({ status: 'partial', resources: 20, pages: 2 });
  });

  it('an answer that does not come is given up on', async () => {
    const server = await serve();
    await control(server, 'POST', 'faults', { fault: 'slow', type: 'Secret', delayMs: 60_000 });
    const retry = { attempts: 2, baseDelayMs: 1, maxDelayMs: 1 };
    const reading = await readAll(connect(server.url, { callTimeoutMs: 200, retry }));
    expect(coverageOf(reading, SECRETS)).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('no answer within 200 ms'),
    });
    expect(coverageOf(reading, MAPS).status).toBe('complete');
  });

  it('a group whose kinds cannot be asked for is not taken for empty', async () => {
    const server = await serve({ aggregatedDiscovery: false });
    await control(server, 'POST', 'faults', {
      fault: 'error',
      type: 'example.com/v1',
      status: 503,
    });
    const reading = await readAll(connect(server.url));
    expect(coverageOf(reading, 'example.com/v1/*').status).toBe('failed');
    const expected = ['example.com/v1/Widget', 'other.com/v1/Widget'].map((type) => ({
      type,
      region: null,
    }));
    const asked = await readAll(connect(server.url), { expected });
    expect(coverageOf(asked, 'example.com/v1/Widget').status).toBe('failed');
    expect(coverageOf(asked, 'other.com/v1/Widget').status).toBe('complete');
  });
});

describe('nothing can be read', () => {
  it('cancelled in the middle of a slow page', async () => {
    const server = await serve();
    await control(server, 'POST', 'faults', { fault: 'slow', type: 'ConfigMap', delayMs: 60_000 });
    const controller = new AbortController();
    const scope = { types: ['ConfigMap'] };
    const reading = readAll(
      connect(server.url, { callTimeoutMs: 60_000 }),
      scope,
      controller.signal,
    );
    const underWay = async () => (await control(server, 'GET', 'calls')).underWay;
    while ((await underWay()) !== 1) await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    await expect(reading).rejects.toMatchObject({ code: 'INVENTORY.CANCELLED' });
  });

  it('a reader that stops early leaves nothing under way', async () => {
    const server = await serve();
    await control(server, 'POST', 'faults', { fault: 'slow', type: 'Secret', delayMs: 60_000 });
    const inventory = connect(server.url, { callTimeoutMs: 60_000 });
    for await (const record of inventory.list(EVERYTHING, new AbortController().signal)) {
      if (record.kind === 'resource') break;
    }
    await inventory.close();
    await inventory.close();
  });

  it.each([
    ['a wrong token', { token: 'wrong' }, 'INVENTORY.UNAUTHENTICATED'],
    ['a server that is not there', {}, 'INVENTORY.UNREACHABLE'],
  ])('%s', async (name, credentials, code) => {
    const server = await serve();
    const gone = name.startsWith('a server');
    if (gone) await server.close();
    const retry = { attempts: 2, baseDelayMs: 1, maxDelayMs: 1 };
    const inventory = connect(server.url, { retry }, credentials);
    await expect(readAll(inventory)).rejects.toMatchObject({ code });
    await expect(inventory.identify(new AbortController().signal)).rejects.toMatchObject({ code });
  });

  it('something that is no API server', async () => {
    const server = await serve();
    await expect(readAll(connect(`${server.url}/no/such`))).rejects.toMatchObject({
      code: 'INVENTORY.UNREACHABLE',
      message: expect.stringContaining('does not answer like a Kubernetes API server'),
    });
  });
});

describe('secrets', () => {
  it('of the connection are in no record or error', async () => {
    const server = await serve();
    await control(server, 'POST', 'faults', { fault: 'deny', type: 'Secret' });
    await control(server, 'POST', 'faults', { fault: 'cut', type: 'ConfigMap' });
    const inventory = connect(server.url);
    const texts = [JSON.stringify(await readAll(inventory))];
    await server.close();
    const error: unknown = await readAll(inventory).catch((thrown: unknown) => thrown);
    expect((error as Error).cause).toBeUndefined();
    texts.push(String(error), JSON.stringify(error), String((error as Error).stack));
    for (const text of texts) expect(text).not.toContain(TOKEN);
  });
});
