import { EntityManager, MikroORM } from '@mikro-orm/core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { TENANT_FILTER } from '../../src/core/database/tenant-entity.js';
import { TestContext } from '../support/test-context.js';
import { newSide, type RandomRun, randomRequests, type Side } from './random-requests.js';

const REQUESTS = Number(process.env.TENANT_REQUESTS ?? '2000');
const SEED = Number(process.env.TENANT_SEED ?? '1');
/** Pairs of organizations that are asked for at the same time; a context that strays would show. */
const LANES = 4;
/** Then come new pairs: logs that only grow would take all the time. */
const REQUESTS_OF_A_PAIR = 2500;
const WITHOUT_FILTER = 200;
/** Far more than a request takes on a busy machine. */
const REQUEST_MS = 300;

/** For whoever runs it by hand: what was asked, and what came of it. */
function report({ leaks, statuses }: RandomRun): void {
  const byStatus = [...statuses].sort(([a], [b]) => a - b).map(([status, n]) => `${status}: ${n}`);
  process.stdout.write(
    `${REQUESTS} requests (seed ${SEED}), answered ${byStatus.join(', ')}; ${leaks.length} showed something of another organization\n`,
  );
}

function merge(runs: readonly RandomRun[]): RandomRun {
  const statuses = new Map<number, number>();
  for (const [status, n] of runs.flatMap((run) => [...run.statuses])) {
    statuses.set(status, (statuses.get(status) ?? 0) + n);
  }
  return { leaks: runs.flatMap(({ leaks }) => leaks), statuses };
}

describe('two organizations at random', () => {
  let test: TestContext;
  let owner: pg.Client;
  let sides: readonly [Side, Side];

  beforeAll(async () => {
    test = await TestContext.open();
    sides = [await newSide(test), await newSide(test)];
    owner = new pg.Client({
      host: test.config.get('DB_HOST'),
      port: test.config.get('DB_PORT'),
      database: test.config.get('DB_NAME'),
      user: test.config.get('DB_OWNER_USER'),
      password: test.config.get('DB_OWNER_PASSWORD'),
    });
    await owner.connect();
  });

  afterAll(async () => {
    await owner.end();
    await test.close();
  });

  /** Tenant entities whose rows of other organizations this one can read when nothing but the database is in the way. */
  async function seesForeignRowsOf({ organization }: Side): Promise<string[]> {
    const entities = [...test.get(MikroORM).getMetadata().getAll().values()].filter(
      ({ filters }) => TENANT_FILTER in filters,
    );
    expect(entities.length).toBeGreaterThan(10);
    return test.as(organization.context, async () => {
      const seen: string[] = [];
      for (const { class: entity, className } of entities) {
        const rows = await test.get(EntityManager).find(entity, {}, { filters: false });
        const owners = rows.map((row) => (row as { organization_id?: string }).organization_id);
        if (owners.some((one) => one !== undefined && one !== organization.id))
          seen.push(className);
      }
      return seen;
    });
  }

  async function pairs(count: number): Promise<(readonly [Side, Side])[]> {
    const made: (readonly [Side, Side])[] = [];
    while (made.length < count) made.push([await newSide(test), await newSide(test)]);
    return made;
  }

  async function randomRuns(): Promise<RandomRun> {
    const runs: RandomRun[] = [];
    let [asked, seed] = [0, SEED];
    while (asked < REQUESTS) {
      const count = Math.min(REQUESTS_OF_A_PAIR, Math.ceil((REQUESTS - asked) / LANES));
      const lanes = await pairs(LANES);
      const everyone = lanes.flat();
      const lane = (both: readonly [Side, Side], number: number) =>
        randomRequests(test, both, { count, seed: seed + number, everyone });
      runs.push(...(await Promise.all(lanes.map(lane))));
      asked += count * LANES;
      seed += LANES;
    }
    return merge(runs);
  }

  it(
    `no answer of ${REQUESTS} shows anything of another`,
    async () => {
      const run = await randomRuns();
      if (process.env.TENANT_REQUESTS !== undefined) report(run);
      expect(run.leaks).toEqual([]);
      // A run that is refused throughout proves nothing.
      const succeeded = [...run.statuses].reduce(
        (sum, [status, n]) => sum + (status < 400 ? n : 0),
        0,
      );
      expect(succeeded).toBeGreaterThan(REQUESTS / 20);
    },
    60_000 + REQUESTS * REQUEST_MS,
  );

  it('the database alone is enough: no filter, no foreign row of any table', async () => {
    for (const side of sides) expect(await seesForeignRowsOf(side)).toEqual([]);
  });

  it(
    'nor does the API show one with the filter removed from every entity',
    async () => {
      const filters = [...test.get(MikroORM).getMetadata().getAll().values()].flatMap(
        (meta) => meta.filters[TENANT_FILTER] ?? [],
      );
      for (const filter of filters) filter.default = false;
      try {
        const { leaks } = await randomRequests(test, sides, { count: WITHOUT_FILTER, seed: SEED });
        expect(leaks).toEqual([]);
      } finally {
        for (const filter of filters) filter.default = true;
      }
    },
    60_000 + WITHOUT_FILTER * REQUEST_MS,
  );

  it('and these tests would notice: without row-level security there are foreign rows', async () => {
    const { rows } = await owner.query<{ name: string }>(
      `select relname as name from pg_class where relrowsecurity and relnamespace = 'public'::regnamespace`,
    );
    const all = async (what: string) => {
      for (const { name } of rows) {
        await owner.query(`alter table ${pg.escapeIdentifier(name)} ${what} row level security`);
      }
    };
    await all('disable');
    try {
      const seen = await seesForeignRowsOf(sides[0]);
      expect(seen).toEqual(
        expect.arrayContaining(['User', 'Session', 'Environment', 'DriftEvent', 'ScanRun']),
      );
    } finally {
      await all('enable');
    }
    expect(await seesForeignRowsOf(sides[0])).toEqual([]);
  });
});
