import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newEnvironment, newSource } from '../../factories/environment.factory.js';
import { newObservation } from '../../factories/observation.factory.js';
import { TestContext } from '../../support/test-context.js';
import { COMPLETE, ScanStand } from './scan-stand.js';

describe('settling a scan', () => {
  let test: TestContext;
  let stand: ScanStand;
  let source: string;

  beforeAll(async () => {
    test = await TestContext.open();
  });
  afterAll(async () => {
    await test.close();
  });
  beforeEach(async () => {
    const environment = await newEnvironment(test, await test.newOrganization());
    source = await newSource(test, environment);
    stand = new ScanStand(test, environment);
  });

  const found = (fields?: Parameters<typeof newObservation>[2]) =>
    newObservation(stand.environment, source, fields);

  it('opens, persists, resolves and reopens one row', async () => {
    expect(await stand.scan([found()])).toMatchObject({ counts: { opened: 1, persisting: 0 } });
    const { id } = await stand.drift();

    expect(await stand.scan([found()])).toMatchObject({ counts: { opened: 0, persisting: 1 } });
    expect(await stand.drift()).toMatchObject({ id, status: 'persisting', seen_count: 2 });

    expect(await stand.scan([])).toMatchObject({ counts: { resolved: 1 } });
    const resolved = await stand.drift();
    expect(resolved).toMatchObject({ id, status: 'resolved', resolution_type: null });
    expect(resolved.resolved_by_scan_id).not.toBeNull();

    expect(await stand.scan([found()])).toMatchObject({ counts: { reopened: 1 } });
    expect(await stand.drift()).toMatchObject({
      id,
      status: 'reopened',
      reopened_count: 1,
      resolved_by_scan_id: null,
      changes: 1,
    });
  });

  it('says one message per change of status, none while a drift persists', async () => {
    for (const observations of [[found()], [found()], [found()], [], [found()]]) {
      await stand.scan(observations);
    }
    const topics = (await stand.topics()).filter((topic) => topic.startsWith('drift.'));
    expect(topics).toEqual(['drift.opened', 'drift.resolved', 'drift.reopened']);
  });

  it('settles a scan once, however often it is tried', async () => {
    const scan = await stand.begin();
    const again = found();
    expect(await stand.settle(scan, [found()])).toMatchObject({ kind: 'settled' });
    expect(await stand.settle(scan, [again])).toEqual({ kind: 'ignored', reason: 'not_running' });
    expect(await stand.drift()).toMatchObject({ status: 'opened', seen_count: 1, changes: 1 });
  });

  it('settles once when two workers finish the same scan at the same moment', async () => {
    const scan = await stand.begin();
    const outcomes = await Promise.all([
      stand.settle(scan, [found()]),
      stand.settle(scan, [found()]),
    ]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['ignored', 'settled']);
    expect(await stand.drift()).toMatchObject({ status: 'opened', seen_count: 1, changes: 1 });
  });

  it('keeps one row when a scan observes the same drift twice', async () => {
    expect(await stand.scan([found(), found()])).toMatchObject({ counts: { opened: 1 } });
    expect(await stand.drift()).toMatchObject({ changes: 1 });
  });

  it('rewrites the changes when the values move, and stays the same drift', async () => {
    await stand.scan([found()]);
    const { id } = await stand.drift();
    await stand.scan([found({ actualValue: 'public-read-write' })]);
    expect(await stand.drift()).toMatchObject({ id, status: 'persisting', changes: 1 });
  });

  describe('a drift a person resolved', () => {
    it.each(['accepted', 'escalated'])('%s: rests while its values stay', async (type) => {
      await stand.scan([found()]);
      await stand.resolve((await stand.drift()).id, type);
      expect(await stand.scan([found()])).toMatchObject({ counts: { at_rest: 1, reopened: 0 } });
      expect(await stand.drift()).toMatchObject({ status: 'resolved', resolution_type: type });

      await stand.scan([found({ actualValue: 'public-read-write' })]);
      expect(await stand.drift()).toMatchObject({ status: 'reopened', resolution_type: null });
    });

    it.each(['auto_revert', 'codify_iac'])('%s: is reopened if it is still there', async (type) => {
      await stand.scan([found()]);
      await stand.resolve((await stand.drift()).id, type);
      await stand.scan([found()]);
      expect(await stand.drift()).toMatchObject({ status: 'reopened', resolution_type: null });
    });
  });

  describe('what a scan could not look at', () => {
    it('leaves a drift of an unread resource open', async () => {
      await stand.scan([found()]);
      const { fingerprint } = found().draft;
      const settled = await stand.scan([{ kind: 'unseen', fingerprint }], {
        coverage: [{ ...COMPLETE, status: 'denied' }],
      });
      expect(settled).toMatchObject({ counts: { resolved: 0 } });
      expect(await stand.drift()).toMatchObject({ status: 'opened', seen_count: 1 });
    });

    it('leaves the drifts of a source that could not be read', async () => {
      await stand.scan([found()]);
      await stand.scan([], { unreadSourceIds: [source] });
      expect(await stand.drift()).toMatchObject({ status: 'opened' });
    });

    it.each(['partial', 'denied', 'throttled', 'failed'] as const)(
      'leaves an undeclared resource of a type that was read %s',
      async (status) => {
        const added = newObservation(stand.environment, null, { address: null });
        await stand.scan([added]);
        await stand.scan([], { coverage: [{ ...COMPLETE, status }] });
        expect(await stand.drift()).toMatchObject({ status: 'opened', drift_type: 'added' });
        await stand.scan([]);
        expect(await stand.drift()).toMatchObject({ status: 'resolved' });
      },
    );

    it('leaves an undeclared resource when its type, region or source was not read at all', async () => {
      const added = newObservation(stand.environment, null, { address: null });
      await stand.scan([added]);
      await stand.scan([], { coverage: [{ ...COMPLETE, type: 'AWS::EC2::Instance' }] });
      await stand.scan([], { coverage: [{ ...COMPLETE, region: 'us-east-1' }] });
      await stand.scan([], { coverage: [COMPLETE, { ...COMPLETE, type: '*', status: 'failed' }] });
      await stand.scan([], { unreadSourceIds: [source] });
      expect(await stand.drift()).toMatchObject({ status: 'opened' });
    });
  });

  it('changes nothing when somebody cancelled the scan', async () => {
    const scan = await stand.begin();
    await test.as(stand.environment.organization.context, async () => {
      const { ScansService } = await import('../../../src/modules/drifts/index.js');
      await test.get(ScansService).cancel(stand.environment.organization.context, scan);
    });
    expect(await stand.settle(scan, [found()])).toEqual({ kind: 'ignored', reason: 'cancelled' });
    expect(await stand.drifts()).toEqual([]);
  });

  it('keeps a NUL out of the database and everything around it', async () => {
    const odd = found({ actual_state: { note: 'a\0b' }, tags: { 'k\0': 'v' } });
    await stand.scan([odd]);
    expect(await stand.drift()).toMatchObject({ status: 'opened' });
  });

  it('does not touch another tenant with the same fingerprint', async () => {
    const other = await newEnvironment(test, await test.newOrganization());
    const foreign = new ScanStand(test, other);
    const observation = found();
    await stand.scan([observation]);
    await foreign.scan([
      { kind: 'drift', draft: { ...observation.draft, id: crypto.randomUUID(), source_id: null } },
    ]);
    await foreign.scan([]);
    expect(await stand.drift()).toMatchObject({ status: 'opened' });
    expect(await foreign.drift()).toMatchObject({ status: 'resolved' });
  });
});
