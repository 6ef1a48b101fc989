import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TenantSql } from '../../../src/core/database/index.js';
import { InventoryError } from '../../../src/core/providers/index.js';
import type {
  ChangeEvent,
  ChangeHistory,
  SourceNotice,
} from '../../../src/core/providers/index.js';
import { attributeDrifts } from '../../../src/modules/drifts/attribution/attribute-drifts.js';
import { AttributionRepository } from '../../../src/modules/drifts/attribution/attribution.repository.js';
import {
  newEnvironment,
  newSource,
  type TestEnvironment,
} from '../../factories/environment.factory.js';
import { newObservation } from '../../factories/observation.factory.js';
import { TestContext } from '../../support/test-context.js';
import { ScanStand } from './scan-stand.js';

const EVENT: ChangeEvent = {
  source: 'aws-cloudtrail',
  actor: 'arn:aws:iam::111122223333:user/ana',
  client: 'console',
  at: null,
  action: 'PutBucketAcl',
  paths: ['AccessControl'],
};
const SIGNAL = new AbortController().signal;

describe('attributing the drifts of a scan', () => {
  let test: TestContext;
  let repository: AttributionRepository;
  let environment: TestEnvironment;
  let stand: ScanStand;
  let source: string;
  let notices: SourceNotice[];

  beforeAll(async () => {
    test = await TestContext.open();
    repository = test.get(AttributionRepository);
  });
  afterAll(async () => {
    await test.close();
  });
  beforeEach(async () => {
    environment = await newEnvironment(test, await test.newOrganization());
    source = await newSource(test, environment);
    stand = new ScanStand(test, environment);
    notices = [];
  });

  const context = () => environment.organization.context;
  const rows = <Row extends object>(sql: string) =>
    test.get(TenantSql).read<Row>(context(), sql, [context().organizationId]);

  /** One whole scan of what was found, begun a moment ago. */
  async function scan(...found: Parameters<typeof newObservation>[2][]): Promise<string> {
    const id = await stand.begin();
    const sql = `update scan_runs set started_at = now() where organization_id = $1 and id = $2`;
    await test.get(TenantSql).write(context(), sql, [context().organizationId, id]);
    const observations = found.map((fields) => newObservation(environment, source, fields));
    await stand.settle(id, observations);
    return id;
  }

  /** What the job does, with a log that answers at once. Answers how many drifts it asked about. */
  async function attribute(scanId: string, history: ChangeHistory): Promise<number> {
    const settled = await repository.findScan(context(), scanId);
    if (settled === null) throw new Error('the scan is not settled');
    const drifts = await repository.unattributed(context(), settled, 10);
    const run = {
      history,
      window: { after: settled.previous_at, before: settled.finished_at },
      until: new Date(Date.now() + 60_000),
      signal: SIGNAL,
      notice: (one: SourceNotice) => notices.push(one),
    };
    for await (const drift of attributeDrifts(drifts, run)) await repository.save(context(), drift);
    for (const notice of notices) await repository.addNotice(context(), scanId, notice);
    return drifts.length;
  }

  const log = (events: readonly ChangeEvent[] | Error): ChangeHistory => ({
    days: 90,
    eventsOf: () =>
      events instanceof Error ? Promise.reject(events) : Promise.resolve([...events]),
  });

  it('writes who made a drift to it and to its changes, once', async () => {
    const id = await scan({});
    expect(await attribute(id, log([EVENT]))).toBe(1);
    const [drift] = await rows<{ whole: unknown; change: unknown }>(
      `select e.attribution as whole, c.attribution as change from drift_events e
       join drift_changes c on c.organization_id = e.organization_id and c.drift_event_id = e.id where e.organization_id = $1`,
    );
    const { paths: _paths, ...written } = EVENT;
    const expected = { ...written, confidence: 'high', candidates: 1 };
    expect(drift).toEqual({ whole: expected, change: expected });
    expect(await attribute(id, log([EVENT]))).toBe(0);
  });

  it('asks about what is new or different, and forgets who made what was there before', async () => {
    const first = await scan({});
    await attribute(first, log([EVENT]));
    expect(await attribute(await scan({}), log([EVENT]))).toBe(0);
    const changed = await scan({ actualValue: 'public-read-write' });
    expect(await attribute(changed, log([]))).toBe(1);
    expect(await rows('select attribution from drift_events where organization_id = $1')).toEqual([
      { attribution: null },
    ]);
    expect((await repository.findScan(context(), changed))?.previous_at).not.toBeNull();
    expect((await repository.findScan(context(), first))?.previous_at).toBeNull();
  });

  it('leaves drifts unattributed with one notice when the log may not be read', async () => {
    const id = await scan({}, { address: 'aws_s3_bucket.site' });
    const denied = new InventoryError('denied', 'aws', 'cloudtrail:LookupEvents is not allowed');
    expect(await attribute(id, log(denied))).toBe(2);
    await attribute(id, log(denied));
    const [found] = await rows<{ notices: SourceNotice[] }>(
      'select notices from scan_runs where organization_id = $1',
    );
    expect(found?.notices).toMatchObject([
      { level: 'warning', code: 'ATTRIBUTION.DENIED', location: { file: 'aws 111122223333' } },
    ]);
    expect(await attribute(id, log([EVENT]))).toBe(2);
  });

  it('shows nothing of another organization', async () => {
    const id = await scan({});
    const other = await test.newOrganization();
    expect(await repository.findScan(other.context, id)).toBeNull();
  });
});
