import { afterEach, describe, expect, it } from '@jest/globals';
import { EVERYTHING } from '../../../src/core/providers/index.js';
import type { Inventory } from '../../../src/core/providers/index.js';
import {
  bucket,
  BUCKET,
  connectTo,
  PROJECT,
  serveProject,
  TOKEN,
  TOPIC,
  topics,
} from './gcp-sandbox.js';
import type { RunningProject } from './gcp-sandbox.js';
import { control, coverageOf, readAll } from './reading.js';

const LISTING = 'ListAssets:RESOURCE';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function serve(): Promise<RunningProject> {
  const server = await serveProject([...topics(25), bucket('logs')]);
  open.push(server);
  return server;
}

function connect(endpoint: string, options: object = {}, credentials = {}): Inventory {
  const inventory = connectTo(endpoint, { pageSize: 10, ...options }, credentials);
  open.push(inventory);
  return inventory;
}

describe('faults of the service', () => {
  it('a denied type is denied and the others of its listing are untouched', async () => {
    const server = await serve();
    await control(server, 'POST', 'faults', { fault: 'deny', operation: LISTING, type: TOPIC });
    const reading = await readAll(connect(server.url));
    expect(coverageOf(reading, TOPIC)).toMatchObject({
      status: 'denied',
      resources: 0,
      message: 'cloudasset.assets.listResource is not allowed: The caller does not have permission',
    });
    expect(coverageOf(reading, BUCKET)).toMatchObject({ status: 'complete', resources: 1 });
  });

  it('denied naming is one record, or one for each type asked for', async () => {
    const server = await serve();
    await control(server, 'POST', 'faults', { fault: 'deny' });
    expect((await readAll(connect(server.url))).coverage).toMatchObject([
      { type: '*', accountId: PROJECT, status: 'denied' },
    ]);
    const asked = await readAll(connect(server.url), { types: [BUCKET, TOPIC] });
    expect(asked.coverage).toMatchObject([
      { type: TOPIC, status: 'denied' },
      { type: BUCKET, status: 'denied' },
    ]);
  });

  it('a naming cut short still reads what it named, and says that there may be more', async () => {
    const server = await serve();
    await control(server, 'POST', 'faults', { fault: 'expire', operation: 'ListAssets' });
    const reading = await readAll(connect(server.url));
    expect(coverageOf(reading, '*').status).toBe('failed');
    expect(coverageOf(reading, TOPIC)).toMatchObject({ status: 'complete', resources: 25 });
  });

  it('a storm of throttling is outlived', async () => {
    const server = await serve();
    await control(server, 'POST', 'faults', {
      fault: 'throttle',
      share: 0.4,
      seed: 3,
      retryAfterSeconds: 0,
    });
    const reading = await readAll(connect(server.url));
    expect(reading.coverage.map(({ status }) => status)).toEqual([
      'complete',
      'complete',
      'complete',
    ]);
    expect(reading.resources).toHaveLength(26);
    const { faults } = await control(server, 'GET', 'calls');
    expect(faults).toMatchObject({ throttle: expect.any(Number) });
  });

  it('a longer wait than allowed is given up on at once', async () => {
    const server = await serve();
    const storm = { fault: 'throttle', operation: LISTING, retryAfterSeconds: 3600 };
    await control(server, 'POST', 'faults', storm);
    const reading = await readAll(connect(server.url));
    expect(coverageOf(reading, BUCKET)).toMatchObject({ status: 'throttled', resources: 0 });
    const { byOperation } = await control(server, 'GET', 'calls');
    expect(byOperation).toMatchObject({ [LISTING]: 1 });
  });

  it('throttling without an end is throttled, after the first page partial', async () => {
    const server = await serve();
    await control(server, 'POST', 'faults', { fault: 'throttle', operation: LISTING });
    const none = await readAll(connect(server.url));
    expect(coverageOf(none, TOPIC)).toMatchObject({ status: 'throttled', resources: 0 });
    await control(server, 'DELETE', 'faults');
    await control(server, 'POST', 'faults', { fault: 'throttle', operation: LISTING, skip: 1 });
    const some = await readAll(connect(server.url));
    expect(coverageOf(some, TOPIC)).toMatchObject({
      status: 'partial',
      pages: 1,
      message: expect.stringContaining('throttles'),
    });
    expect(some.resources).toHaveLength(10);
  });

  it('server faults are retried, an expired page token leaves the types partial', async () => {
    const server = await serve();
    await control(server, 'POST', 'faults', { fault: 'error', times: 2 });
    await control(server, 'POST', 'faults', { fault: 'error', status: 503, times: 2 });
    await control(server, 'POST', 'faults', { fault: 'expire', operation: LISTING });
    const reading = await readAll(connect(server.url));
    expect(coverageOf(reading, TOPIC)).toMatchObject({
      status: 'partial',
      message: expect.stringContaining('page token is invalid'),
    });
  });

  it('a body cut in the middle is read again', async () => {
    const server = await serve();
    const cut = { fault: 'cut', operation: LISTING, skip: 1, times: 2 };
    await control(server, 'POST', 'faults', cut);
    const reading = await readAll(connect(server.url));
    expect(coverageOf(reading, TOPIC)).toMatchObject({ status: 'complete', resources: 25 });
    expect(reading.resources).toHaveLength(26);
  });

  it('bodies that are always cut leave partial types and no double resource', async () => {
    const server = await serve();
    await control(server, 'POST', 'faults', { fault: 'cut', operation: LISTING, skip: 2 });
    const reading = await readAll(connect(server.url));
    expect(coverageOf(reading, TOPIC)).toMatchObject({ status: 'partial', pages: 2 });
    expect(new Set(reading.resources.map(({ id }) => id)).size).toBe(20);
  });

  it('an answer that does not come is given up on', async () => {
    const server = await serve();
    const slow = { fault: 'slow', operation: LISTING, delayMs: 60_000 };
    await control(server, 'POST', 'faults', slow);
    const retry = { attempts: 2, baseDelayMs: 1, maxDelayMs: 1 };
    const reading = await readAll(connect(server.url, { callTimeoutMs: 200, retry }));
    expect(coverageOf(reading, BUCKET)).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('no answer within 200 ms'),
    });
  });
});

describe('nothing can be read', () => {
  it('cancelled in the middle of a slow page, and the request ends', async () => {
    const server = await serve();
    const slow = { fault: 'slow', operation: LISTING, delayMs: 60_000 };
    await control(server, 'POST', 'faults', slow);
    const controller = new AbortController();
    const inventory = connect(server.url, { callTimeoutMs: 60_000 });
    const reading = readAll(inventory, {}, controller.signal);
    const underWay = async () => (await control(server, 'GET', 'calls')).underWay;
    while ((await underWay()) !== 1) await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    await expect(reading).rejects.toMatchObject({ code: 'INVENTORY.CANCELLED' });
  });

  it('a reader that stops early leaves nothing under way', async () => {
    const server = await serve();
    const slow = { fault: 'slow', operation: LISTING, skip: 1, delayMs: 60_000 };
    await control(server, 'POST', 'faults', slow);
    const inventory = connect(server.url, { callTimeoutMs: 60_000 });
    for await (const record of inventory.list(EVERYTHING, new AbortController().signal)) {
      if (record.kind === 'resource') break;
    }
    await inventory.close();
    await inventory.close();
  });

  it.each([
    ['a token nobody knows', { accessToken: 'ya29.other' }, 'INVENTORY.UNAUTHENTICATED'],
    ['a host that is not there', null, 'INVENTORY.UNREACHABLE'],
  ])('%s', async (_, credentials, code) => {
    const server = await serve();
    if (credentials === null) await server.close();
    const retry = { attempts: 2, baseDelayMs: 1, maxDelayMs: 1 };
    const inventory = connect(server.url, { retry }, credentials ?? {});
    await expect(readAll(inventory)).rejects.toMatchObject({ code });
    const identity = inventory.identify(new AbortController().signal);
    await expect(identity).rejects.toMatchObject({ code });
  });

  it('another project than the credential may read is denied', async () => {
    const server = await serve();
    const inventory = connect(server.url, {}, { scope: 'projects/elsewhere-1' });
    const identity = inventory.identify(new AbortController().signal);
    await expect(identity).rejects.toMatchObject({ code: 'INVENTORY.DENIED' });
  });
});

describe('secrets', () => {
  it('are in no message, record or error', async () => {
    const server = await serve();
    const { serviceAccountKey } = server;
    const { private_key: pem } = JSON.parse(serviceAccountKey) as { private_key: string };
    const texts: string[] = [];
    for (const credentials of [{}, { accessToken: '', serviceAccountKey }]) {
      await control(server, 'DELETE', 'faults');
      for (const fault of ['deny', 'error', 'cut'] as const) {
        await control(server, 'POST', 'faults', { fault, share: 0.3 });
      }
      const read = readAll(connect(server.url, {}, credentials));
      texts.push(JSON.stringify(await read.catch((error: unknown) => error)));
    }
    await server.close();
    for (const credentials of [{}, { accessToken: '', serviceAccountKey }]) {
      const read = readAll(connect(server.url, {}, credentials));
      const error: unknown = await read.catch((thrown: unknown) => thrown);
      texts.push(String(error), JSON.stringify(error), String((error as Error).stack));
      expect((error as Error).cause).toBeUndefined();
    }
    for (const text of texts) {
      expect(text).not.toContain(TOKEN);
      expect(text).not.toContain(pem.slice(30, 80));
      expect(text).not.toContain('Bearer');
    }
  });
});
