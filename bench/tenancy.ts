// npm run bench:tenancy: the list of drifts as the API reads it, beside the same statements without tenant context and without
// row-level security.
import { TENANT_SETTING } from '../src/core/database/tenant-policy.js';
import { DriftListRepository } from '../src/modules/drifts/drift-list.repository.js';
import type { DriftFilter } from '../src/modules/drifts/drift-rows.js';
import { startBenchDatabase } from './ingest/bench-database.js';
import { numberOption, printTable, say } from './table.js';
import { fillTenants } from './tenancy/filled-tenants.js';
import { OtherSql } from './tenancy/other-sql.js';

const ORGANIZATIONS = numberOption('organizations', 20);
const DRIFTS = numberOption('drifts', 2000);
const ROUNDS = numberOption('rounds', 100);
const LISTS = numberOption('lists', 20);
const PAGE_SIZE = 50;

const FIRST_PAGE: DriftFilter = {
  environmentId: null,
  driftTypes: null,
  statuses: null,
  verdicts: null,
  resourceType: null,
  minSeverity: null,
  isSecurityCritical: null,
  resolved: null,
  detectedFrom: null,
  detectedBefore: null,
  search: null,
  direction: 'desc',
  after: null,
  limit: PAGE_SIZE + 1,
};

const database = await startBenchDatabase();
const { config, context, owner, sql } = database;
// The owner of the embedded server is a superuser: no policy binds it.
const unbound = new OtherSql(config, {
  user: config.get('DB_OWNER_USER'),
  password: config.get('DB_OWNER_PASSWORD'),
});
const boundOnce = new OtherSql(config, {
  user: config.get('DB_USER'),
  password: config.get('DB_PASSWORD'),
  options: `-c ${TENANT_SETTING}=${context.organizationId}`,
});

const FLOOR = 'neither: one tenant per statement by its conditions only';
const contenders: Readonly<Record<string, DriftListRepository>> = {
  [FLOOR]: new DriftListRepository(unbound),
  'row-level security, tenant bound once per connection': new DriftListRepository(boundOnce),
  'driftguard: row-level security, tenant bound at every use': new DriftListRepository(sql),
};

/** What GET /api/v1/drifts asks the database: a page, and the changes of its drifts. */
async function listDrifts(drifts: DriftListRepository, filter: DriftFilter): Promise<number> {
  const rows = await drifts.list(context, filter);
  const changes = await drifts.changesOf(
    context,
    rows.map(({ id }) => id),
  );
  return rows.length + changes.size;
}

async function milliseconds(drifts: DriftListRepository, inFlight: number): Promise<number> {
  let left = LISTS;
  const begin = performance.now();
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      while (left-- > 0) {
        const found = await listDrifts(drifts, FIRST_PAGE);
        if (found !== 2 * FIRST_PAGE.limit) throw new Error(`a page of ${found} was read`);
      }
    }),
  );
  return (performance.now() - begin) / LISTS;
}

/** Each round asks all of them, in turning order, so that what else the machine does falls on all alike. */
async function measure(inFlight: number): Promise<ReadonlyMap<string, readonly number[]>> {
  const names = Object.keys(contenders);
  const times = new Map<string, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    const turned = names.map((_, index) => names[(index + round) % names.length] ?? '');
    for (const name of turned) {
      const drifts = contenders[name];
      if (drifts !== undefined) times.get(name)?.push(await milliseconds(drifts, inFlight));
    }
  }
  return times;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

/** The median of the ratios within a round, which the load of the machine hardly moves. */
function ratio(own: readonly number[], floor: readonly number[]): number {
  return median(own.map((time, round) => (floor[round] ?? Number.NaN) / time));
}

try {
  await fillTenants(owner, context.organizationId, {
    organizations: ORGANIZATIONS,
    drifts: DRIFTS,
  });
  say(
    `${ORGANIZATIONS} organizations of ${DRIFTS} drifts, pages of ${PAGE_SIZE} with their changes; medians of ${ROUNDS} rounds of ${LISTS}\n`,
  );
  for (const inFlight of [1, 8]) {
    await measure(inFlight);
    const times = await measure(inFlight);
    const floor = times.get(FLOOR) ?? [];
    printTable([
      [`${inFlight} in flight`, 'ms a list', '× neither'],
      ...[...times].map(([name, own]) => [
        name,
        median(own).toFixed(2),
        ratio(own, floor).toFixed(2),
      ]),
    ]);
    say('');
  }
} finally {
  await Promise.all([unbound.onApplicationShutdown(), boundOnce.onApplicationShutdown()]);
  await database.stop();
}
