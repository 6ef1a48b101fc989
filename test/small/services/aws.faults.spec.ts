import { afterEach, describe, expect, it } from '@jest/globals';
import type { AwsRegion } from '../../../sandbox/aws/aws-estate.js';
import type { RunningServer } from '../../../sandbox/server/cloud-server.js';
import { EVERYTHING } from '../../../src/core/providers/index.js';
import type { Inventory } from '../../../src/core/providers/index.js';
import { AwsInventoryFactory } from '../../../src/services/aws/index.js';
import { item, queues, region, serveAws } from './aws-sandbox.js';
import { QUICK, control, coverageOf, readAll } from './reading.js';

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const TOKEN = 'FwoGZXIvYXdzEXAMPLETOKEN';
const HOME = 'eu-west-1';
const QUEUE = 'AWS::SQS::Queue';
const BUCKET = 'AWS::S3::Bucket';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function serve(regions?: Record<string, AwsRegion>): Promise<RunningServer> {
  const items = [...queues(HOME, 250), item(HOME, BUCKET, 'logs')];
  const server = await serveAws(regions ?? { [HOME]: region(items) });
  open.push(server);
  return server;
}

function connect(endpoint: string, options: object = {}, credentials: object = {}): Inventory {
  const inventory = new AwsInventoryFactory({ ...QUICK, ...options }).create({
    provider: 'aws',
    endpoint,
    regions: [HOME],
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: SECRET, ...credentials },
  });
  open.push(inventory);
  return inventory;
}

describe('faults of the service', () => {
  it('a denied type is denied and the others are untouched', async () => {
    const server = await serve();
    await control(server, 'POST', 'faults', { fault: 'deny', type: QUEUE });
    const reading = await readAll(connect(server.url));
    expect(coverageOf(reading, QUEUE)).toMatchObject({
      status: 'denied',
      resources: 0,
      message: expect.stringContaining('not authorized to perform: config:SelectResourceConfig'),
    });
    expect(coverageOf(reading, BUCKET)).toMatchObject({ status: 'complete', resources: 1 });
    const { byType } = await control(server, 'GET', 'calls');
    expect(byType).toMatchObject({ [QUEUE]: 1 });
  });

  it('denied counting is one record for the region, or one for each type asked for', async () => {
    const server = await serve();
    await control(server, 'POST', 'faults', { fault: 'deny', operation: 'SelectResourceConfig' });
    expect((await readAll(connect(server.url))).coverage).toMatchObject([
      { type: '*', region: HOME, status: 'denied' },
    ]);
    const asked = await readAll(connect(server.url), { types: [QUEUE, BUCKET] });
    expect(asked.coverage).toMatchObject([
      { type: QUEUE, status: 'denied' },
      { type: BUCKET, status: 'denied' },
    ]);
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
    expect(reading.coverage.map(({ status }) => status)).toEqual(['complete', 'complete']);
    expect(reading.resources).toHaveLength(251);
    const { faults } = await control(server, 'GET', 'calls');
    expect(faults).toMatchObject({ throttle: expect.any(Number) });
  });

  it('throttling without an end is throttled, after the first page partial', async () => {
    const server = await serve();
    await control(server, 'POST', 'faults', { fault: 'throttle', type: BUCKET });
    await control(server, 'POST', 'faults', { fault: 'throttle', type: QUEUE, skip: 1 });
    const reading = await readAll(connect(server.url));
    expect(coverageOf(reading, BUCKET)).toMatchObject({ status: 'throttled', resources: 0 });
    expect(coverageOf(reading, QUEUE)).toMatchObject({
      status: 'partial',
      resources: 100,
      pages: 1,
      message: expect.stringContaining('throttled'),
    });
  });

  it('server faults are retried, an expired page token leaves the type partial', async () => {
    const server = await serve();
    await control(server, 'POST', 'faults', { fault: 'error', times: 3 });
    await control(server, 'POST', 'faults', { fault: 'expire', type: QUEUE });
    const reading = await readAll(connect(server.url));
    expect(coverageOf(reading, BUCKET).status).toBe('complete');
    expect(coverageOf(reading, QUEUE)).toMatchObject({
      status: 'partial',
      message: expect.stringContaining('InvalidNextTokenException'),
    });
  });

  it('a body cut in the middle is read again', async () => {
    const server = await serve();
    await control(server, 'POST', 'faults', { fault: 'cut', type: QUEUE, skip: 1, times: 2 });
    const reading = await readAll(connect(server.url));
    expect(coverageOf(reading, QUEUE)).toMatchObject({
      message: null,
      status: 'complete',
      resources: 250,
    });
  });

  it('bodies that are always cut leave a partial type and no double resource', async () => {
    const server = await serve();
    await control(server, 'POST', 'faults', { fault: 'cut', type: QUEUE, skip: 2 });
    const reading = await readAll(connect(server.url));
    expect(coverageOf(reading, QUEUE)).toMatchObject({ status: 'partial', resources: 200 });
    expect(new Set(reading.resources.map(({ type, id }) => type + id)).size).toBe(201);
  });

  it('an answer that does not come is given up on', async () => {
    const server = await serve();
    await control(server, 'POST', 'faults', { fault: 'slow', type: QUEUE, delayMs: 60_000 });
    const retry = { attempts: 2, baseDelayMs: 1, maxDelayMs: 1 };
    const reading = await readAll(connect(server.url, { callTimeoutMs: 100, retry }));
    expect(coverageOf(reading, QUEUE)).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('no answer within 100 ms'),
    });
    expect(coverageOf(reading, BUCKET).status).toBe('complete');
  });
});

describe('nothing can be read', () => {
  it('cancelled in the middle of a slow page', async () => {
    const server = await serve();
    await control(server, 'POST', 'faults', { fault: 'slow', type: QUEUE, delayMs: 60_000 });
    const controller = new AbortController();
    const reading = readAll(connect(server.url, { callTimeoutMs: 60_000 }), {}, controller.signal);
    const underWay = async () => (await control(server, 'GET', 'calls')).underWay;
    while ((await underWay()) !== 1) await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    await expect(reading).rejects.toMatchObject({ code: 'INVENTORY.CANCELLED' });
  });

  it('a reader that stops early leaves nothing under way', async () => {
    const server = await serve();
    await control(server, 'POST', 'faults', { fault: 'slow', type: BUCKET, delayMs: 60_000 });
    const inventory = connect(server.url, { callTimeoutMs: 60_000 });
    for await (const record of inventory.list(EVERYTHING, new AbortController().signal)) {
      if (record.kind === 'resource') break;
    }
    await inventory.close();
    await inventory.close();
  });

  it.each([
    ['a wrong key', 'UnrecognizedClientException', 'INVENTORY.UNAUTHENTICATED'],
    ['a host that is not there', 'ECONNREFUSED', 'INVENTORY.UNREACHABLE'],
  ])('%s', async (_, word, code) => {
    const server = await serveAws({ [HOME]: region([]) }, { accessKeyIds: ['AKIAOTHER'] });
    if (word === 'ECONNREFUSED') await server.close();
    else open.push(server);
    const failure = readAll(
      connect(server.url, { retry: { attempts: 2, baseDelayMs: 1, maxDelayMs: 1 } }),
    );
    await expect(failure).rejects.toMatchObject({ code, failure: expect.any(String) });
  });

  it('without keys a server refuses to lend its own', () => {
    const factory = new AwsInventoryFactory();
    const bare = { provider: 'aws' as const, endpoint: null, regions: [], credentials: {} };
    expect(() => factory.create(bare)).toThrow('accessKeyId and secretAccessKey');
  });

  it('no region at all', async () => {
    const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: SECRET };
    const bare = {
      provider: 'aws' as const,
      endpoint: 'http://127.0.0.1:9',
      regions: [],
      credentials,
    };
    const inventory = new AwsInventoryFactory(QUICK).create(bare);
    await expect(readAll(inventory)).rejects.toMatchObject({
      code: 'INVENTORY.CONNECTION_INVALID',
    });
  });
});

describe('secrets', () => {
  it('are in no message, record or error', async () => {
    const server = await serve();
    for (const fault of ['deny', 'error', 'cut'] as const) {
      await control(server, 'POST', 'faults', {
        fault,
        type: fault === 'deny' ? QUEUE : BUCKET,
        share: 0.9,
      });
    }
    const inventory = connect(server.url, {}, { sessionToken: TOKEN });
    const texts = [JSON.stringify(await readAll(inventory))];
    await server.close();
    const error: unknown = await readAll(inventory).catch((thrown: unknown) => thrown);
    texts.push(String(error), JSON.stringify(error), String((error as Error).stack));
    expect((error as Error).cause).toBeUndefined();
    for (const text of texts) {
      expect(text).not.toContain(SECRET);
      expect(text).not.toContain(TOKEN);
    }
  });
});
