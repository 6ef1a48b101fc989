import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { DATA_MAP, dataMapTable, type TableData } from '../../src/core/privacy/index.js';
import { TestContext } from '../support/test-context.js';

const COLUMNS = `
  select c.relname as table, a.attname as column, format_type(a.atttypid, null) as type
  from pg_attribute a join pg_class c on c.oid = a.attrelid
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and a.attnum > 0 and not a.attisdropped and c.relname <> 'driftguard_migrations'
  order by 1, 2`;
const NAMES_NOBODY =
  /^(integer|bigint|smallint|numeric|double precision|boolean|timestamp.*|date|uuid)$/;
const PERSON = /^(user_id|.*_by|.*_user|owner_id|actor_id)$/;

interface Column {
  readonly table: string;
  readonly column: string;
  readonly type: string;
}

const held = (data: TableData): string[] => [
  ...(data.own ?? []),
  ...(data.scrubbed ?? []),
  ...(data.observed ?? []),
  ...(data.mirrored ?? []),
  ...(data.secret ?? []),
  ...(data.technical ?? []),
];

/** A column nobody thought of would keep the name of a person who was anonymised. */
describe('the data map', () => {
  let test: TestContext;
  let owner: pg.Client;
  let columns: Column[];

  beforeAll(async () => {
    test = await TestContext.open();
    owner = new pg.Client({
      host: test.config.get('DB_HOST'),
      port: test.config.get('DB_PORT'),
      database: test.config.get('DB_NAME'),
      user: test.config.get('DB_OWNER_USER'),
      password: test.config.get('DB_OWNER_PASSWORD'),
    });
    await owner.connect();
    columns = (await owner.query<Column>(COLUMNS)).rows;
  });

  afterAll(async () => {
    await owner.end();
    await test.close();
  });

  it('says of every column that can hold text what it holds, once', () => {
    const there = columns
      .filter((one) => !NAMES_NOBODY.test(one.type))
      .map((one) => `${one.table}.${one.column}`);
    const mapped = DATA_MAP.flatMap((data) => held(data).map((one) => `${data.table}.${one}`));
    expect(mapped.toSorted()).toEqual(there.toSorted());
  });

  it('knows every column with the id of a person', () => {
    const there = columns
      .filter((one) => one.type === 'uuid' && PERSON.test(one.column))
      .map((one) => `${one.table}.${one.column}`);
    const mapped = DATA_MAP.flatMap((data) =>
      (data.people ?? []).filter((one) => one !== 'id').map((one) => `${data.table}.${one}`),
    );
    expect(mapped.toSorted()).toEqual(there.toSorted());
  });

  it('stands in docs/gdpr.md', () => {
    const file = path.resolve(import.meta.dirname, '../../docs/gdpr.md');
    expect(readFileSync(file, 'utf8')).toContain(dataMapTable());
  });
});
