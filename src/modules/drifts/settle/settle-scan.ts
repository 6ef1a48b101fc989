import { randomUUIDv7 } from 'node:crypto';
import type { ClientBase } from 'pg';
import { copyRows, type CopyValue } from '../../../core/database/index.js';
import type { Coverage, SourceNotice } from '../../../core/providers/index.js';
import { RESTING_RESOLUTIONS } from '../drift-status.js';
import type {
  PassedOver,
  ScanCounts,
  ScanProblem,
  ScanStatus,
  UnusedIgnoreRule,
} from '../scan-choices.js';
import type { Observation } from './drift-draft.js';
import * as sql from './settle-sql.js';
import { stageObservations } from './stage-observations.js';

/** What only the end of a scan knows; asked for after the observations were consumed. */
export interface ScanResult {
  readonly status: Extract<ScanStatus, 'succeeded' | 'partial'>;
  /** Without the outcomes, which settling counts itself. */
  readonly counts: Omit<ScanCounts, SettledCount>;
  /** 0–1; null when nothing was declared. */
  readonly coverageScore: number | null;
  readonly notices: readonly SourceNotice[];
  readonly problems: readonly ScanProblem[];
  readonly passedOver: readonly PassedOver[];
  readonly unusedIgnoreRules: readonly UnusedIgnoreRule[];
}
type SettledCount = 'opened' | 'persisting' | 'reopened' | 'resolved' | 'at_rest';

export interface SettleInput {
  readonly organizationId: string;
  readonly environmentId: string;
  readonly scanId: string;
  readonly correlationId: string;
  readonly now: Date;
  readonly observations: AsyncIterable<Observation> | Iterable<Observation>;
  readonly coverage: readonly Coverage[];
  /** Sources that could not be read: their drifts stay as they are. */
  readonly unreadSourceIds: readonly string[];
  readonly result: () => ScanResult;
  /** Leaves something to the next scan, in the same transaction; asked for after the observations were consumed. */
  readonly remember?: (client: ClientBase) => Promise<void>;
}

/** `ignored`: the scan is not running any more (finished by another worker, cancelled), so nothing was changed. */
export type Settlement =
  | { readonly kind: 'settled'; readonly counts: ScanCounts }
  | { readonly kind: 'ignored'; readonly reason: 'cancelled' | 'not_running' };

/**
 * Turns what a scan observed into drift events, in the caller's transaction, set by set. All or nothing, and once per
 * scan: a worker that repeats a settled scan changes nothing.
 */
export async function settleScan(client: ClientBase, input: SettleInput): Promise<Settlement> {
  const { organizationId: org, environmentId: environment, scanId: scan, now } = input;
  // Comparing happens while this loads, so no row is locked yet.
  await stageObservations(client, input.observations);
  const refused = await lockScan(client, org, scan);
  if (refused !== null) return { kind: 'ignored', reason: refused };

  await storeCoverage(client, input);
  await client.query(sql.LOCK_KNOWN_DRIFTS, [org]);
  await client.query(sql.JUDGE_FOUND, [org, scan, RESTING_RESOLUTIONS]);
  await client.query(sql.REMOVE_OLD_CHANGES, [org]);
  await client.query(sql.TAKE_OVER_DIFFERENCES, [org]);
  await client.query(sql.MEET_AGAIN, [org, scan, now]);
  await client.query(sql.OPEN_NEW, [org, scan, environment, now]);
  await client.query(sql.INSERT_CHANGES, [org]);
  const gone = await client.query<{ id: string }>(sql.RESOLVE_GONE, [
    org,
    scan,
    environment,
    now,
    input.unreadSourceIds,
  ]);
  const goneIds = gone.rows.map(({ id }) => id);
  await announce(client, input, goneIds);
  await input.remember?.(client);
  return finish(client, input, goneIds.length);
}

async function lockScan(
  client: ClientBase,
  org: string,
  scan: string,
): Promise<'cancelled' | 'not_running' | null> {
  const { rows } = await client.query<{ status: ScanStatus; cancelled: boolean }>(sql.LOCK_SCAN, [
    org,
    scan,
  ]);
  const [row] = rows;
  if (row?.status !== 'running') return 'not_running';
  return row.cancelled ? 'cancelled' : null;
}

async function storeCoverage(client: ClientBase, input: SettleInput): Promise<void> {
  const { organizationId, scanId } = input;
  await client.query(
    'create temporary table stage_coverage (like scan_coverage including defaults) on commit drop',
  );
  await copyRows(client, 'stage_coverage', COVERAGE_COLUMNS, coverageRows(input));
  await client.query('delete from scan_coverage where organization_id = $1 and scan_id = $2', [
    organizationId,
    scanId,
  ]);
  await client.query('insert into scan_coverage select * from stage_coverage');
}

const COVERAGE_COLUMNS = [
  'organization_id',
  'id',
  'scan_id',
  'provider',
  'resource_type',
  'account_id',
  'region',
  'status',
  'resources',
  'pages',
  'message',
] as const;

function* coverageRows({
  organizationId,
  scanId,
  coverage,
}: SettleInput): Generator<readonly CopyValue[]> {
  for (const one of coverage) {
    yield [
      organizationId,
      randomUUIDv7(),
      scanId,
      one.provider,
      one.type,
      one.accountId,
      one.region,
      one.status,
      one.resources,
      one.pages,
      one.message,
    ];
  }
}

async function announce(
  client: ClientBase,
  input: SettleInput,
  goneIds: readonly string[],
): Promise<void> {
  const common = [
    input.organizationId,
    input.correlationId,
    input.now,
    input.scanId,
    input.environmentId,
  ];
  await client.query(sql.ANNOUNCE_FOUND, common);
  await client.query(sql.ANNOUNCE_GONE, [...common, goneIds]);
}

async function finish(
  client: ClientBase,
  input: SettleInput,
  resolved: number,
): Promise<Settlement> {
  const result = input.result();
  const { rows } = await client.query<Omit<Pick<ScanCounts, SettledCount>, 'resolved'>>(
    sql.COUNT_FOUND,
  );
  const [found] = rows;
  if (found === undefined) throw new Error('counting answered no row');
  const counts: ScanCounts = { ...result.counts, ...found, resolved };
  await client.query(sql.FINISH_SCAN, [
    input.organizationId,
    input.scanId,
    result.status,
    JSON.stringify(counts),
    result.coverageScore,
    JSON.stringify(result.notices),
    JSON.stringify(result.problems),
    input.now,
    JSON.stringify(result.passedOver),
    JSON.stringify(result.unusedIgnoreRules),
  ]);
  await client.query(sql.ANNOUNCE_SCAN, [
    input.organizationId,
    input.scanId,
    input.environmentId,
    input.correlationId,
    result.status,
    input.now,
  ]);
  return { kind: 'settled', counts };
}
