import { afterEach, describe, expect, it } from '@jest/globals';
import type { AzureSubscription } from '../../../sandbox/azure/azure-estate.js';
import type { JsonObject } from '../../../sandbox/json.js';
import type { RunningServer } from '../../../sandbox/server/cloud-server.js';
import { EVERYTHING } from '../../../src/core/providers/index.js';
import type { Inventory } from '../../../src/core/providers/index.js';
import { AzureInventoryFactory } from '../../../src/services/azure/index.js';
import {
  ACCOUNT,
  GROUP,
  OTHER,
  row,
  serveAzure,
  subscription,
  SUBSCRIPTION,
  TENANT,
  TOKEN,
  VAULT,
  vaults,
} from './azure-sandbox.js';
import { QUICK, control, coverageOf, readAll } from './reading.js';

const SECRET = 'Gk8~CANARY-client-secret';
const PAGES = { pageSize: 100 };
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function serve(
  subscriptions?: readonly AzureSubscription[],
  tenant: JsonObject = {},
): Promise<RunningServer> {
  const rows = [...vaults(250), row(ACCOUNT, 'labels')];
  const server = await serveAzure(subscriptions ?? [subscription(rows)], tenant);
  open.push(server);
  return server;
}

function connect(endpoint: string, options: object = {}, credentials: object = {}): Inventory {
  const inventory = new AzureInventoryFactory({ ...QUICK, ...PAGES, ...options }).create({
    provider: 'azure',
    endpoint,
    regions: [],
    credentials: { accessToken: TOKEN, subscriptionId: SUBSCRIPTION, ...credentials },
  });
  open.push(inventory);
  return inventory;
}

describe('faults of the service', () => {
  it('a denied subscription is denied and the others are untouched', async () => {
    const server = await serve([
      subscription(vaults(3)),
      subscription(vaults(2, OTHER), {}, OTHER),
    ]);
    await control(server, 'POST', 'faults', { fault: 'deny', namespace: OTHER });
    const both = { subscriptionId: `${SUBSCRIPTION},${OTHER}` };
    const reading = await readAll(connect(server.url, {}, both));
    const denied = reading.coverage.filter(({ accountId }) => accountId === OTHER);
    expect(denied).toMatchObject([
      { type: '*', status: 'denied', message: expect.stringContaining('authorization') },
    ]);
    expect(coverageOf(reading, VAULT)).toMatchObject({ status: 'complete', resources: 3 });
    const asked = await readAll(connect(server.url, {}, both), { types: [VAULT] });
    expect(asked.coverage.map(({ accountId, status }) => [accountId, status])).toEqual(
      expect.arrayContaining([
        [SUBSCRIPTION, 'complete'],
        [OTHER, 'denied'],
      ]),
    );
  });

  it('a denied type does not mute those that are asked for together with it', async () => {
    const rows = [row(VAULT, 'keys'), row(ACCOUNT, 'labels')];
    const server = await serve([subscription(rows)]);
    await control(server, 'POST', 'faults', { fault: 'deny', type: VAULT });
    const reading = await readAll(connect(server.url));
    expect(coverageOf(reading, VAULT)).toMatchObject({ status: 'denied', resources: 0 });
    expect(coverageOf(reading, ACCOUNT)).toMatchObject({ status: 'complete', resources: 1 });
  });

  it('a storm of 429 is outlived', async () => {
    const server = await serve();
    const storm = { fault: 'throttle', share: 0.4, seed: 3, retryAfterSeconds: 0 };
    await control(server, 'POST', 'faults', storm);
    const reading = await readAll(connect(server.url));
    expect(new Set(reading.coverage.map(({ status }) => status))).toEqual(new Set(['complete']));
    expect(reading.resources).toHaveLength(253);
    const { faults } = await control(server, 'GET', 'calls');
    expect(faults).toMatchObject({ throttle: expect.any(Number) });
  });

  it('waits for the quota of the window instead of running into it', async () => {
    const server = await serve(undefined, { quota: { queries: 4, seconds: 1 } });
    const retry = { attempts: 1, baseDelayMs: 1, maxDelayMs: 2000 };
    const reading = await readAll(connect(server.url, { retry, concurrency: 1 }));
    expect(coverageOf(reading, VAULT)).toMatchObject({ status: 'complete', resources: 250 });
  });

  it('throttling without an end is throttled, after the first page partial', async () => {
    const server = await serve();
    await control(server, 'POST', 'faults', { fault: 'throttle', type: ACCOUNT });
    await control(server, 'POST', 'faults', { fault: 'throttle', type: VAULT, skip: 1 });
    const reading = await readAll(connect(server.url));
    expect(coverageOf(reading, ACCOUNT)).toMatchObject({ status: 'throttled', resources: 0 });
    expect(coverageOf(reading, VAULT)).toMatchObject({
      status: 'partial',
      resources: 100,
      pages: 1,
      message: expect.stringContaining('throttled'),
    });
    expect(coverageOf(reading, GROUP).status).toBe('complete');
  });

  it('server faults are retried, an expired skip token leaves the type partial', async () => {
    const server = await serve();
    await control(server, 'POST', 'faults', { fault: 'error', status: 503, times: 3 });
    await control(server, 'POST', 'faults', { fault: 'expire', type: VAULT });
    const reading = await readAll(connect(server.url));
    expect(coverageOf(reading, ACCOUNT).status).toBe('complete');
    expect(coverageOf(reading, VAULT)).toMatchObject({
      status: 'partial',
      message: expect.stringContaining('InvalidSkipToken'),
    });
  });

  it('a body cut in the middle is read again', async () => {
    const server = await serve();
    await control(server, 'POST', 'faults', { fault: 'cut', type: VAULT, skip: 1, times: 2 });
    const reading = await readAll(connect(server.url));
    expect(coverageOf(reading, VAULT)).toMatchObject({
      message: null,
      status: 'complete',
      resources: 250,
    });
  });

  it('bodies that are always cut leave a partial type and no double resource', async () => {
    const server = await serve();
    await control(server, 'POST', 'faults', { fault: 'cut', type: VAULT, skip: 2 });
    const reading = await readAll(connect(server.url));
    expect(coverageOf(reading, VAULT)).toMatchObject({ status: 'partial', resources: 200 });
    expect(new Set(reading.resources.map(({ id }) => id)).size).toBe(203);
  });

  it('an answer that does not come is given up on', async () => {
    const server = await serve();
    await control(server, 'POST', 'faults', { fault: 'slow', type: VAULT, delayMs: 60_000 });
    const retry = { attempts: 2, baseDelayMs: 1, maxDelayMs: 1 };
    const reading = await readAll(connect(server.url, { callTimeoutMs: 800, retry }));
    expect(coverageOf(reading, VAULT)).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('no answer within 800 ms'),
    });
    expect(coverageOf(reading, ACCOUNT).status).toBe('complete');
  });

  it('unknown permissions leave what was read partial', async () => {
    const server = await serve();
    await control(server, 'POST', 'faults', { fault: 'error', operation: 'permissions' });
    expect(coverageOf(await readAll(connect(server.url)), VAULT)).toMatchObject({
      status: 'partial',
      resources: 250,
      message: expect.stringContaining('permissions are not known'),
    });
  });
});

describe('nothing can be read', () => {
  it('cancelled in the middle of a slow page', async () => {
    const server = await serve();
    await control(server, 'POST', 'faults', { fault: 'slow', type: VAULT, delayMs: 60_000 });
    const controller = new AbortController();
    const inventory = connect(server.url, { callTimeoutMs: 60_000 });
    const reading = readAll(inventory, { types: [VAULT] }, controller.signal);
    const asked = async () =>
      (await control(server, 'GET', 'calls')) as { byType: Record<string, number> };
    while ((await asked()).byType[VAULT] !== 1) await new Promise((go) => setImmediate(go));
    controller.abort();
    await expect(reading).rejects.toMatchObject({ code: 'INVENTORY.CANCELLED' });
  });

  it('a reader that stops early leaves nothing under way', async () => {
    const server = await serve();
    await control(server, 'POST', 'faults', { fault: 'slow', type: ACCOUNT, delayMs: 60_000 });
    const inventory = connect(server.url, { callTimeoutMs: 60_000 });
    for await (const record of inventory.list(EVERYTHING, new AbortController().signal)) {
      if (record.kind === 'resource') break;
    }
    await inventory.close();
    await inventory.close();
  });

  it('a wrong token, a wrong secret, a host that is not there', async () => {
    const server = await serve();
    const retry = { attempts: 2, baseDelayMs: 1, maxDelayMs: 1 };
    const secret = {
      accessToken: '',
      tenantId: TENANT,
      clientId: '7a3e0000-0000-4000-8000-00000000c001',
      clientSecret: SECRET,
      authorityHost: server.url,
    };
    await expect(readAll(connect(server.url, {}, { accessToken: 'wrong' }))).rejects.toMatchObject({
      code: 'INVENTORY.UNAUTHENTICATED',
    });
    await expect(readAll(connect(server.url, { retry }, secret))).rejects.toMatchObject({
      code: 'INVENTORY.UNAUTHENTICATED',
      message: expect.stringContaining('AADSTS7000215'),
    });
    await server.close();
    for (const credentials of [{}, secret]) {
      await expect(readAll(connect(server.url, { retry }, credentials))).rejects.toMatchObject({
        code: 'INVENTORY.UNREACHABLE',
      });
    }
  });

  it('an identity without a right anywhere', async () => {
    const server = await serve([subscription(vaults(2), { roles: [] })]);
    await expect(readAll(connect(server.url, {}, { subscriptionId: '' }))).rejects.toMatchObject({
      code: 'INVENTORY.DENIED',
    });
    expect((await readAll(connect(server.url))).coverage).toMatchObject([
      { type: '*', accountId: SUBSCRIPTION, status: 'denied' },
    ]);
  });

  it.each([
    ['no credentials', null, { accessToken: '' }, 'clientSecret, or an accessToken'],
    ['plain HTTP to another machine', 'http://azure.example', {}, 'plain HTTP'],
    ['a password in the address', 'https://me:CANARY@azure.example', {}, 'user name or password'],
    ['no address', 'azure', {}, 'not an http(s) address'],
    ['a subscription that is none', null, { subscriptionId: "x' or" }, 'is not a GUID'],
    ['a management group that is none', null, { managementGroupId: 'a|b' }, 'management group'],
    [
      'a plain authority',
      null,
      {
        accessToken: '',
        tenantId: TENANT,
        clientId: 'c',
        clientSecret: SECRET,
        authorityHost: 'http://login.example',
      },
      'authorityHost is plain HTTP',
    ],
  ])('%s', (_, endpoint, more, message) => {
    const credentials = { accessToken: TOKEN, ...more };
    const connection = { provider: 'azure' as const, endpoint, regions: [], credentials };
    const create = () => new AzureInventoryFactory().create(connection);
    expect(create).toThrow(message);
    expect(create).not.toThrow('CANARY');
  });
});

describe('secrets', () => {
  it('are in no message, record or error', async () => {
    const server = await serve();
    for (const fault of ['deny', 'error', 'cut', 'throttle'] as const) {
      const type = fault === 'deny' ? VAULT : ACCOUNT;
      await control(server, 'POST', 'faults', { fault, type, share: 0.9 });
    }
    const texts = [JSON.stringify(await readAll(connect(server.url)))];
    await control(server, 'DELETE', 'faults');
    const secret = {
      accessToken: '',
      tenantId: TENANT,
      clientId: 'c',
      clientSecret: SECRET,
      authorityHost: server.url,
    };
    const retry = { attempts: 1, baseDelayMs: 1, maxDelayMs: 1 };
    const failures = [
      () => readAll(connect(server.url, { retry }, { accessToken: `${TOKEN}x` })),
      () => readAll(connect(server.url, { retry }, secret)),
      () => server.close().then(() => readAll(connect(server.url, { retry }))),
    ];
    for (const failure of failures) {
      const error = await failure().then(
        () => new Error('nothing failed'),
        (thrown: unknown) => thrown as Error,
      );
      expect(error).toMatchObject({ failure: expect.any(String) });
      expect(error.cause).toBeUndefined();
      texts.push(String(error), JSON.stringify(error), String(error.stack));
    }
    for (const text of texts) expect(text).not.toContain('CANARY');
  });
});
