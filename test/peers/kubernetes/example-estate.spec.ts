import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { LIVE_CHANGES } from './changes.js';
import { KubernetesPeer } from './cluster.js';
import { scan, type Report } from './scan.js';

const MANIFESTS = 'examples/kubernetes';

describe('the example manifests in a real cluster', () => {
  let cluster: KubernetesPeer;
  let fresh: Report;
  let changed: Report;

  beforeAll(async () => {
    cluster = await KubernetesPeer.start(String(process.env.PEER_KUBERNETES));
    await cluster.applyFolder(MANIFESTS);
    await sleep(3000);
    fresh = await scan(cluster, { manifests: MANIFESTS });
    for (const { act } of LIVE_CHANGES) await act(cluster);
    // Deployments roll out, quotas recount.
    await sleep(3000);
    changed = await scan(cluster, { manifests: MANIFESTS });
  }, 300_000);
  afterAll(() => cluster.stop());

  it('are in sync right after they were applied', () => {
    expect(fresh.drifts).toEqual([]);
    expect(fresh.summary.in_sync).toBe(fresh.summary.declared);
    expect(fresh.exitCode).toBe(0);
  });

  it('lists every kind the server serves, completely', () => {
    expect(fresh.coverage.length).toBeGreaterThan(40);
    expect(fresh.coverage.filter(({ status }) => status !== 'complete')).toEqual([]);
  });

  it.each(LIVE_CHANGES)('shows $what', ({ resource, path, driftType, manager }) => {
    const drift = changed.drifts.find(
      (one) => (one.resource_address ?? one.resource_id) === resource,
    );
    expect(drift).toMatchObject({ drift_type: driftType ?? 'modified' });
    if (path === '') return;
    const change = drift?.changes.find((one) => one.property_path === path);
    expect(drift?.changes.map((one) => one.property_path)).toContain(path);
    expect(change?.attribution?.actor).toBe(manager);
  });

  it('shows nothing else', () => {
    const expected = new Set(LIVE_CHANGES.map(({ resource }) => resource));
    const others = changed.drifts.filter(
      (one) => !expected.has(String(one.resource_address ?? one.resource_id)),
    );
    expect(others).toEqual([]);
    const paths = LIVE_CHANGES.flatMap(({ resource, path, consequences = [] }) =>
      [path, ...consequences].map((one) => `${resource} ${one}`),
    );
    const told = changed.drifts.flatMap((drift) =>
      drift.changes
        .filter(({ verdict }) => verdict === 'confirmed')
        .map(({ property_path: path }) => `${String(drift.resource_address)} ${path}`),
    );
    expect(told.filter((one) => !paths.includes(one))).toEqual([]);
  });
});
