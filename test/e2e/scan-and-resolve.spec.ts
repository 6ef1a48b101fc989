import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createSystemContext } from '../../src/core/context/index.js';
import { TenantSql } from '../../src/core/database/index.js';
import { startWorker, type TestProcess } from '../support/child-processes.js';
import { SandboxCluster } from '../support/sandbox-cluster.js';
import { TestContext } from '../support/test-context.js';
import { type DriftBody, ScanStory } from './scan-story.js';
import { EXPECTED_DRIFTS, LIVE, MANIFESTS } from './shop-estate.js';

describe('a scan, from the request to a resolved drift', () => {
  let test: TestContext;
  let cluster: SandboxCluster;
  let worker: TestProcess;

  beforeAll(async () => {
    test = await TestContext.open({ QUEUE_PREFIX: `story-${process.pid}` });
    cluster = await SandboxCluster.start(LIVE);
    worker = await startWorker(test.config);
  });
  afterEach(async () => {
    await cluster.clearFaults();
  });
  afterAll(async () => {
    await worker.stop();
    await cluster.stop();
    await test.close();
  });

  const begin = () => ScanStory.begin(test, cluster, MANIFESTS);
  const scanned = async (story: ScanStory) => story.finished(await story.requestScan());
  const names = (drifts: readonly DriftBody[]) =>
    drifts.map((one) => `${one.drift_type} ${one.resource_address ?? one.resource_type}`).sort();

  it('says where to follow it and shows what it looked at', async () => {
    const story = await begin();
    const answer = await story.call('POST', `environments/${story.environmentId}/scans`);
    expect(answer).toMatchObject({
      status: 202,
      headers: { location: `/api/v1/scans/${String(answer.body.id)}` },
      body: { trigger: 'api', environment_name: 'staging' },
    });
    const scan = await story.finished(String(answer.body.id));
    expect(scan).toMatchObject({
      status: 'succeeded',
      attempts: 1,
      coverage_score: 1,
      problems: [],
      counts: { declared: 4, compared: 3, in_sync: 2, unread: 0, opened: 3 },
    });
    expect(scan.coverage.length).toBeGreaterThan(5);
    expect(names(await story.drifts())).toEqual(EXPECTED_DRIFTS);

    const list = await story.call('GET', `environments/${story.environmentId}/scans`);
    expect(list.body).toMatchObject({ data: [{ id: scan.id }], pagination: { has_more: false } });
  });

  it('is one at a time per environment', async () => {
    const story = await begin();
    await cluster.addFault({ fault: 'slow', operation: 'list', delayMs: 500 });
    const first = await story.requestScan();
    const second = await story.call('POST', `environments/${story.environmentId}/scans`);
    expect(second).toMatchObject({
      status: 409,
      body: { code: 'SCAN.ALREADY_ACTIVE', details: { scan_id: first } },
    });
    await cluster.clearFaults();
    expect((await story.finished(first)).status).toBe('succeeded');
    expect((await scanned(story)).status).toBe('succeeded');
  });

  it('is cancelled while it runs, and nothing of it is kept', async () => {
    const story = await begin();
    await cluster.addFault({ fault: 'slow', operation: 'list', delayMs: 30_000 });
    const id = await story.requestScan();
    await story.until(id, ({ status }) => status === 'running');
    expect((await story.call('POST', `scans/${id}/cancel`)).status).toBe(202);
    expect((await story.finished(id)).status).toBe('cancelled');
    expect(await story.drifts()).toEqual([]);
    expect(await story.call('POST', `scans/${id}/cancel`)).toMatchObject({ status: 202 });
  });

  it('never calls what it was not allowed to read deleted, nor resolves it', async () => {
    const story = await begin();
    await cluster.addFault({ fault: 'deny', operation: 'list', type: 'ConfigMap' });
    const denied = await scanned(story);
    expect(denied).toMatchObject({
      status: 'partial',
      coverage_score: 0.5,
      counts: { unread: 2, opened: 1 },
    });
    expect(denied.coverage[0]).toMatchObject({ status: 'denied' });
    expect(names(await story.drifts())).toEqual(['modified apps/v1/Deployment/shop/web']);

    await cluster.clearFaults();
    expect((await scanned(story)).counts).toMatchObject({ opened: 2, persisting: 1 });
    await cluster.addFault({ fault: 'deny', operation: 'list', type: 'ConfigMap' });
    expect((await scanned(story)).counts).toMatchObject({ persisting: 1, resolved: 0 });
    expect(names(await story.drifts('resolved=false'))).toEqual(EXPECTED_DRIFTS);
  });

  it('fails with the reason when the cluster refuses the credentials', async () => {
    const story = await begin();
    const refused = await story.call('PUT', `environments/${story.environmentId}/credentials`, {
      credentials: { server: cluster.endpoint, token: 'canary-wrong-token' },
    });
    expect(refused).toMatchObject({
      status: 400,
      body: { code: 'ENVIRONMENT.CREDENTIALS_REFUSED' },
    });
    expect(await scanned(story)).toMatchObject({ status: 'succeeded' });

    await cluster.addFault({ fault: 'error', status: 401 });
    const scan = await scanned(story);
    await cluster.clearFaults();
    expect(scan).toMatchObject({ status: 'failed', attempts: 1 });
    expect(scan.problems).toMatchObject([{ code: 'INVENTORY.UNAUTHENTICATED' }]);
    expect(JSON.stringify(scan) + worker.output).not.toContain('canary-wrong-token');
  });

  it('hears an ignore rule from the next scan on, and names the one that silenced nothing', async () => {
    const story = await begin();
    await scanned(story);
    const rule = await story.call('POST', 'ignore-rules', {
      environment_id: story.environmentId,
      name: 'replicas are set by hand',
      types: ['Deployment'],
      paths: ['spec.replicas'],
    });
    expect(rule.status).toBe(201);
    await story.call('POST', 'ignore-rules', { name: 'mistyped', paths: ['spec.replica'] });
    const scan = await scanned(story);
    expect(scan.counts).toMatchObject({ resolved: 1, persisting: 2 });
    expect(scan).toMatchObject({ unused_ignore_rules: [{ name: 'mistyped' }] });
    expect(names(await story.drifts('resolved=false'))).not.toContain(
      'modified apps/v1/Deployment/shop/web',
    );

    await story.call('DELETE', `ignore-rules/${String(rule.body.id)}`);
    expect((await scanned(story)).counts).toMatchObject({ reopened: 1 });
  });

  it('lets a person accept a drift until its values change', async () => {
    const story = await begin();
    await scanned(story);
    const [drift] = await story.drifts('drift_type=modified');
    if (drift === undefined) throw new Error('the modified drift is missing');
    const detail = await story.call('GET', `drifts/${drift.id}`);
    expect(detail.body).toMatchObject({
      environment_name: 'staging',
      resource_type: 'Deployment',
      status: 'opened',
      verdict: 'confirmed',
      declared_state: { spec: { replicas: 3 } },
      actual_state: { spec: { replicas: 5 } },
      changes: [
        {
          property_path: 'spec.replicas',
          declared_value: 3,
          actual_value: 5,
          change_type: 'modified',
        },
      ],
    });

    const path = `drifts/${drift.id}/resolve`;
    const wrong = await story.call('PUT', path, { resolution_type: 'ignored' });
    expect(wrong).toMatchObject({ status: 400, body: { code: 'REQUEST.INVALID' } });
    const resolved = await story.call('PUT', path, {
      resolution_type: 'accepted',
      comment: 'sale until Monday',
    });
    expect(resolved).toMatchObject({ status: 200, body: { status: 'resolved' } });
    expect(await story.call('PUT', path, { resolution_type: 'escalated' })).toMatchObject({
      status: 409,
      body: { code: 'DRIFT.ALREADY_RESOLVED' },
    });
    const audit = await test.get(TenantSql).read(
      createSystemContext(story.organizationId, 'test'),
      `select l.resource_id, d.content::jsonb#>>'{new_values,resolution_type}' as type,
         d.content::jsonb#>>'{old_values,status}' as before
       from audit_logs l join audit_details d using (organization_id, id)
       where l.action = 'resolve_drift' and l.result = 'succeeded'`,
    );
    expect(audit).toEqual([{ resource_id: drift.id, type: 'accepted', before: 'opened' }]);

    expect((await scanned(story)).counts).toMatchObject({ at_rest: 1, reopened: 0 });
    await cluster.change('apps/v1/Deployment/shop/web', 'spec.replicas', 9);
    expect((await scanned(story)).counts).toMatchObject({ at_rest: 0, reopened: 1 });
    await cluster.change('apps/v1/Deployment/shop/web', 'spec.replicas', 3);
    expect((await scanned(story)).counts).toMatchObject({ resolved: 1 });
    await cluster.change('apps/v1/Deployment/shop/web', 'spec.replicas', 5);
  });

  it('lists drifts page by page, filtered', async () => {
    const story = await begin();
    await scanned(story);
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await story.call(
        'GET',
        `drifts?environment=${story.environmentId}&page_size=1${cursor}`,
      );
      seen.push(...(page.body.data as DriftBody[]).map(({ id }) => id));
      const { next_cursor: next } = page.body.pagination as { next_cursor: string | null };
      cursor = next === null ? '' : `&cursor=${next}`;
    } while (cursor !== '');
    expect(new Set(seen).size).toBe(3);

    expect(names(await story.drifts('drift_type=added,deleted'))).toEqual(
      EXPECTED_DRIFTS.slice(0, 2),
    );
    expect(names(await story.drifts('search=FLAGS'))).toEqual([EXPECTED_DRIFTS[1]]);
    expect(names(await story.drifts('severity_min=0.5'))).toEqual([EXPECTED_DRIFTS[1]]);
    expect(await story.drifts('verdict=potential')).toEqual([]);
    expect(await story.drifts('resolved=true')).toEqual([]);
    expect(await story.drifts('detected_before=2020-01-01T00:00:00Z')).toEqual([]);
    const wrong = await story.call('GET', 'drifts?cursor=bm90LWEtY3Vyc29y');
    expect(wrong).toMatchObject({ status: 400, body: { code: 'REQUEST.CURSOR_INVALID' } });
  });
});
