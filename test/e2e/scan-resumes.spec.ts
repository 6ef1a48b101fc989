import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createSystemContext } from '../../src/core/context/index.js';
import { TenantSql } from '../../src/core/database/index.js';
import { startWorker, type TestProcess } from '../support/child-processes.js';
import { SandboxCluster } from '../support/sandbox-cluster.js';
import { TestContext } from '../support/test-context.js';
import { type DriftBody, ScanStory } from './scan-story.js';
import { LIVE, MANIFESTS } from './shop-estate.js';

const SECRET = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'token', namespace: 'shop' },
  data: { token: Buffer.from('canary-of-the-resume-test').toString('base64') },
};

describe('a scan whose worker is killed in the middle of reading', () => {
  let test: TestContext;
  let cluster: SandboxCluster;
  const workers: TestProcess[] = [];

  beforeAll(async () => {
    test = await TestContext.open({
      QUEUE_PREFIX: `resumes-${process.pid}`,
      // Long enough for a worker that is busy to renew it.
      QUEUE_LOCK_MS: 4000,
    });
    cluster = await SandboxCluster.start([...LIVE, SECRET]);
  });
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.stop('SIGKILL')));
    await cluster.clearFaults();
  });
  afterAll(async () => {
    await cluster.stop();
    await test.close();
  });

  const newWorker = async (): Promise<TestProcess> => {
    const worker = await startWorker(test.config);
    workers.push(worker);
    return worker;
  };
  const listsByKind = async (): Promise<Record<string, number>> => {
    const calls = JSON.parse(await cluster.lists()) as { byType: Record<string, number> };
    // Group versions are what discovery asks for, and who we are is asked by each attempt.
    const kinds = Object.entries(calls.byType).filter(
      ([type]) => !type.includes('/') && type !== 'SelfSubjectReview',
    );
    return Object.fromEntries(kinds);
  };
  const kept = async (story: ScanStory, table: string): Promise<string> => {
    const context = createSystemContext(story.organizationId, 'test');
    const rows = await test
      .get(TenantSql)
      .read<{ row: string }>(context, `select t::text as row from ${table} t`);
    return rows.map(({ row }) => row).join('\n');
  };
  const until = async (reached: () => Promise<boolean>): Promise<void> => {
    while (!(await reached())) await sleep(50);
  };

  it('goes on with the next worker where it was', async () => {
    // Undisturbed, for comparison.
    const calm = await ScanStory.begin(test, cluster, MANIFESTS);
    const calmWorker = await newWorker();
    const undisturbed = await calm.finished(await calm.requestScan());
    await calmWorker.stop('SIGTERM');
    const once = await listsByKind();
    expect(Object.keys(once).length).toBeGreaterThan(20);

    const story = await ScanStory.begin(test, cluster, MANIFESTS);
    await cluster.addFault({
      fault: 'slow',
      operation: 'list',
      type: 'ConfigMap',
      delayMs: 60_000,
      times: 1,
    });
    const first = await newWorker();
    const id = await story.requestScan();
    // Everything but the config maps is read and kept.
    const others = undisturbed.coverage.length - 1;
    await until(async () => (await kept(story, 'scan_parts')).split('\n').length === others);
    await first.stop('SIGKILL');
    expect(await story.drifts()).toEqual([]);

    await newWorker();
    const scan = await story.finished(id);
    expect(scan).toMatchObject({ status: 'succeeded', attempts: 2 });
    expect(scan.counts).toEqual(undisturbed.counts);
    expect(scan.coverage).toEqual(undisturbed.coverage);
    expect((await story.drifts()).map(sight)).toEqual((await calm.drifts()).map(sight));

    const after = await listsByKind();
    const calls = Object.keys(once).map((kind) => [kind, (after[kind] ?? 0) - (once[kind] ?? 0)]);
    const { ConfigMap: unfinished, ...complete } = Object.fromEntries(calls) as typeof once;
    // One call of the worker that was killed, one of the next.
    expect(unfinished).toBe(2);
    expect(complete).toEqual(Object.fromEntries(Object.keys(complete).map((kind) => [kind, 1])));
  }, 120_000);

  it('keeps nothing in clear, and nothing at all when it is over', async () => {
    const story = await ScanStory.begin(test, cluster, MANIFESTS);
    await cluster.addFault({
      fault: 'slow',
      operation: 'list',
      type: 'ConfigMap',
      delayMs: 60_000,
      times: 1,
    });
    await newWorker();
    const id = await story.requestScan();
    await until(async () => (await kept(story, 'scan_parts')).includes('v1/Secret'));
    const pieces = await kept(story, 'scan_part_pieces');
    expect(pieces).not.toBe('');
    const clear = Buffer.from(pieces.replace(/[^0-9a-f]/g, ''), 'hex').toString('latin1');
    for (const text of [pieces, clear]) {
      expect(text).not.toContain('canary');
      expect(text).not.toContain(SECRET.data.token);
    }

    const cancelledAt = Date.now();
    await story.call('POST', `scans/${id}/cancel`);
    const scan = await story.finished(id);
    expect(scan.status).toBe('cancelled');
    // The provider holds its answer back for a minute; nobody waits for it.
    expect(Date.now() - cancelledAt).toBeLessThan(30_000);
    await until(async () => (await kept(story, 'scan_parts')) === '');
    await until(async () => (await kept(story, 'scan_part_pieces')) === '');
  }, 120_000);
});

function sight({ drift_type, resource_address, resource_type, changes }: DriftBody): string {
  const paths = changes.map(({ property_path }) => property_path).sort();
  return `${drift_type} ${resource_address ?? resource_type} ${paths.join()}`;
}
