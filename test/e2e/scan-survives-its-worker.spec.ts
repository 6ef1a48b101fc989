import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { TenantSql } from '../../src/core/database/index.js';
import { createSystemContext } from '../../src/core/context/index.js';
import { startWorker, type TestProcess } from '../support/child-processes.js';
import { SandboxCluster } from '../support/sandbox-cluster.js';
import { TestContext } from '../support/test-context.js';
import { type DriftBody, ScanStory } from './scan-story.js';
import { EXPECTED_DRIFTS, LIVE, MANIFESTS } from './shop-estate.js';

describe('a scan whose worker is killed', () => {
  let test: TestContext;
  let cluster: SandboxCluster;
  const workers: TestProcess[] = [];

  beforeAll(async () => {
    test = await TestContext.open({
      QUEUE_PREFIX: `killed-${process.pid}`,
      // Long enough for a worker that is busy to renew it.
      QUEUE_LOCK_MS: 4000,
    });
    cluster = await SandboxCluster.start(LIVE);
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
  const messages = async (story: ScanStory): Promise<string[]> => {
    const context = createSystemContext(story.organizationId, 'test');
    const rows = await test
      .get(TenantSql)
      .read<{ topic: string }>(context, 'select topic from outbox_events order by topic');
    return rows.map(({ topic }) => topic);
  };

  it('is finished by the next worker: no drift lost, none doubled', async () => {
    const story = await ScanStory.begin(test, cluster, MANIFESTS);
    await cluster.addFault({
      fault: 'slow',
      operation: 'list',
      type: 'ConfigMap',
      delayMs: 20_000,
      times: 1,
    });
    const first = await newWorker();
    const id = await story.requestScan();
    // It has begun, read the code and waits for a page of the cluster.
    await story.until(
      id,
      ({ status, counts, progress }) =>
        status === 'running' && (counts.declared ?? 0) > 0 && progress.label.startsWith('Reading'),
    );
    await first.stop('SIGKILL');
    expect((await story.scan(id)).status).toBe('running');
    expect(await story.drifts()).toEqual([]);

    await newWorker();
    const scan = await story.finished(id);
    // On a busy machine the next worker may lose it too.
    expect(scan.attempts).toBeGreaterThan(1);
    expect(scan).toMatchObject({
      status: 'succeeded',
      counts: { declared: 4, opened: 3, persisting: 0, resolved: 0 },
    });
    const drifts = await story.drifts();
    expect(drifts.map(nameOf).sort()).toEqual(EXPECTED_DRIFTS);
    expect(drifts.every(({ seen_count }) => seen_count === 1)).toBe(true);
    expect(await messages(story)).toEqual([
      'drift.opened',
      'drift.opened',
      'drift.opened',
      'scan.finished',
    ]);
  }, 120_000);

  it('that is told to stop hands its scan back at once', async () => {
    const story = await ScanStory.begin(test, cluster, MANIFESTS);
    await cluster.addFault({ fault: 'slow', operation: 'list', delayMs: 30_000, times: 1 });
    const first = await newWorker();
    const id = await story.requestScan();
    await story.until(id, ({ status }) => status === 'running');
    await first.stop('SIGTERM');
    expect(first.output).not.toContain('"level":"error"');

    await newWorker();
    const scan = await story.finished(id);
    expect(scan).toMatchObject({ status: 'succeeded', attempts: 2, counts: { opened: 3 } });
  }, 120_000);

  it('killed again and again, it settles once', async () => {
    const story = await ScanStory.begin(test, cluster, MANIFESTS);
    const id = await story.requestScan();
    for (let round = 0; round < 3; round += 1) {
      const worker = await newWorker();
      // Sooner in each round, so that different moments of the scan are hit.
      await story.until(id, ({ attempts }) => attempts > round || round === 2);
      await worker.stop('SIGKILL');
    }
    await newWorker();
    const scan = await story.finished(id);
    expect(scan.status).toBe('succeeded');
    const drifts = await story.drifts();
    expect(drifts.map(nameOf).sort()).toEqual(EXPECTED_DRIFTS);
    expect(drifts.every(({ seen_count }) => seen_count === 1)).toBe(true);
    expect((await messages(story)).filter((topic) => topic === 'scan.finished')).toHaveLength(1);

    const again = await story.finished(await story.requestScan());
    expect(again.counts).toMatchObject({ opened: 0, persisting: 3, resolved: 0 });
  }, 120_000);
});

function nameOf({ drift_type, resource_address, resource_type }: DriftBody): string {
  return `${drift_type} ${resource_address ?? resource_type}`;
}
