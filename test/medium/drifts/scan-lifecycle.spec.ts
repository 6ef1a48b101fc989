import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TenantSql } from '../../../src/core/database/index.js';
import { DomainError } from '../../../src/core/errors/index.js';
import { BullJobQueue } from '../../../src/core/queue/bull-job-queue.js';
import { LostScans } from '../../../src/modules/drifts/index.js';
import { ScanLifecycle } from '../../../src/modules/drifts/scans/scan-lifecycle.js';
import { newEnvironment, type TestEnvironment } from '../../factories/environment.factory.js';
import { TestContext } from '../../support/test-context.js';

interface Run {
  readonly id: string;
  readonly status: string;
  readonly attempts: number;
  readonly problems: readonly { readonly code: string }[];
}

const PROGRESS = {
  done: 1,
  total: 4,
  label: 'Reading',
  etaSeconds: null,
  pages: 1,
  counts: { declared: 3 },
};
const passing = new DomainError({ code: 'X.AWAY', kind: 'unavailable', message: 'Away.' });

describe('the life of a scan', () => {
  let test: TestContext;
  let environment: TestEnvironment;
  let token: string;
  let scan: string;
  let lifecycle: ScanLifecycle;

  beforeAll(async () => {
    test = await TestContext.open({ QUEUE_PREFIX: `lifecycle-${process.pid}` });
    lifecycle = test.get(ScanLifecycle);
  });
  afterAll(async () => {
    await test.close();
  });
  beforeEach(async () => {
    const organization = await test.newOrganization();
    environment = await newEnvironment(test, organization);
    token = await (await test.newUser(organization)).login();
    const url = `/api/v1/environments/${environment.id}/scans`;
    scan = String((await test.request(token, 'POST', url)).body.id);
  });

  const context = () => environment.organization.context;
  const run = async (): Promise<Run> =>
    (await test.request(token, 'GET', `/api/v1/scans/${scan}`)).body as unknown as Run;
  const silentFor = (seconds: number, attempts: number) =>
    test.get(TenantSql).transaction(context(), (client) =>
      client.query(
        `update scan_runs set heartbeat_at = now() - make_interval(secs => $2), attempts = $3,
             status = 'running' where id = $1`,
        [scan, seconds, attempts],
      ),
    );

  /** Other organizations of the database may have lost scans too: they are queued here as well. */
  const waiting = async () =>
    (await test.get(BullJobQueue).bullQueue('scans').getWaiting())
      .filter(({ data }) => data.organization_id === environment.organization.id)
      .map(({ data }) => data.payload);

  it('begins, also after its worker died, and counts the attempts', async () => {
    expect(await lifecycle.begin(context(), scan)).toMatchObject({ attempt: 1 });
    expect(await lifecycle.begin(context(), scan)).toMatchObject({ attempt: 2 });
    expect(await run()).toMatchObject({ status: 'running', attempts: 2 });
  });

  it('does not begin again when it is over', async () => {
    await lifecycle.fail(context(), scan, passing);
    expect(await lifecycle.begin(context(), scan)).toBeNull();
    expect(await run()).toMatchObject({ status: 'failed', problems: [{ code: 'X.AWAY' }] });
  });

  it('is handed back only by the attempt that has it', async () => {
    await lifecycle.begin(context(), scan);
    await lifecycle.begin(context(), scan);
    await lifecycle.release(context(), scan, 1, passing);
    expect(await run()).toMatchObject({ status: 'running' });
    await lifecycle.release(context(), scan, 2, passing);
    expect(await run()).toMatchObject({ status: 'queued', problems: [{ code: 'X.AWAY' }] });
  });

  it('hears at its next report that it is cancelled', async () => {
    await lifecycle.begin(context(), scan);
    expect(await lifecycle.report(context(), scan, PROGRESS)).toBe(false);
    expect(await run()).toMatchObject({
      progress: { done: 1, total: 4, label: 'Reading', pages: 1 },
      counts: { declared: 3, opened: 0 },
    });
    await test.request(token, 'POST', `/api/v1/scans/${scan}/cancel`);
    expect(await lifecycle.report(context(), scan, PROGRESS)).toBe(true);
    await lifecycle.cancelled(context(), scan);
    expect(await run()).toMatchObject({ status: 'cancelled' });
  });

  it('is not cancelled by a worker that only lost it', async () => {
    await lifecycle.begin(context(), scan);
    await lifecycle.cancelled(context(), scan);
    expect(await run()).toMatchObject({ status: 'running' });
  });

  it('is cancelled at once while it waits', async () => {
    const answer = await test.request(token, 'POST', `/api/v1/scans/${scan}/cancel`);
    expect(answer).toMatchObject({ status: 202, body: { status: 'cancelled' } });
    expect(await lifecycle.begin(context(), scan)).toBeNull();
  });

  it('tells nothing of an unexpected failure but an id that is in the log', async () => {
    await lifecycle.fail(context(), scan, new Error('password=canary'));
    const { problems } = await run();
    expect(problems).toMatchObject([{ code: 'SCAN.INTERNAL' }]);
    expect(JSON.stringify(problems)).not.toContain('canary');
  });

  it('is queued again when nobody works on it and its job is gone', async () => {
    const bull = test.get(BullJobQueue).bullQueue('scans');
    await bull.empty();
    await silentFor(600, 1);
    await test.get(LostScans).recover(180);
    expect(await waiting()).toEqual([{ scan_id: scan }]);
    await test.get(LostScans).recover(180);
    expect(await waiting()).toEqual([{ scan_id: scan }]);
    await silentFor(0, 1);
  });

  it('is given up when it loses its worker again and again', async () => {
    await silentFor(600, 6);
    await test.get(LostScans).recover(180);
    expect(await run()).toMatchObject({ status: 'failed', problems: [{ code: 'SCAN.ABANDONED' }] });
  });

  it('is failed, not queued, when its organization was deactivated', async () => {
    const bull = test.get(BullJobQueue).bullQueue('scans');
    await bull.empty();
    await silentFor(600, 1);
    const setActive = (isActive: boolean) =>
      test
        .get(TenantSql)
        .write(context(), 'update organizations set is_active = $2 where id = $1', [
          context().organizationId,
          isActive,
        ]);
    await setActive(false);
    await test.get(LostScans).recover(180);
    await setActive(true);
    expect(await waiting()).toEqual([]);
    expect(await run()).toMatchObject({
      status: 'failed',
      problems: [{ code: 'SCAN.ORGANIZATION_INACTIVE' }],
    });
  });

  it('is left alone while its worker reports', async () => {
    await silentFor(10, 1);
    await test.get(LostScans).recover(180);
    expect(await run()).toMatchObject({ status: 'running', attempts: 1 });
  });
});
