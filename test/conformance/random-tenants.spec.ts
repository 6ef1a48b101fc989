import { EntityManager, MikroORM } from '@mikro-orm/core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { TENANT_FILTER } from '../../src/core/database/tenant-entity.js';
import { TestContext } from '../support/test-context.js';
import { newSide, randomRequests, type Side } from './random-requests.js';

const REQUESTS = Number(process.env.TENANT_REQUESTS ?? '2000');
const SEED = Number(process.env.TENANT_SEED ?? '1');
const WITHOUT_FILTER = 200;
/** Far more than a request takes on a busy machine. */
const REQUEST_MS = 300;

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

  it(
    `no answer of ${REQUESTS} shows anything of the other`,
    async () => {
      const { leaks, succeeded } = await randomRequests(test, sides, {
        count: REQUESTS,
        seed: SEED,
      });
      expect(leaks).toEqual([]);
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
