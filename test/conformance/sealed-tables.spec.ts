import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EntityManager } from '@mikro-orm/core';
import pg from 'pg';
import { SEALED_TABLES } from '../../src/sealed-tables.js';
import { TestContext } from '../support/test-context.js';

/** Bytes that are no key: sealed pieces, opened with the key of the row they belong to. */
const PIECES: Readonly<Record<string, string>> = {
  iac_document_pieces: 'iac_documents',
  scan_part_pieces: 'scan_parts',
};
/** Bytes that no master key seals: hashes, and answers kept for a day under a key from SECRET_KEY. */
const OTHER_BYTES = ['idempotency_keys'];

/** What a rotation must go through; a table it does not know would be lost when the old key is gone. */
describe('tables with sealed rows', () => {
  let test: TestContext;
  let owner: pg.Client;

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
  });
  afterAll(async () => {
    await owner.end();
    await test.close();
  });

  const columnsOf = async (table: string): Promise<string[]> => {
    const { rows } = await owner.query<{ name: string }>(
      `select attname as name from pg_attribute
       where attrelid = $1::regclass and attnum > 0 and not attisdropped`,
      [table],
    );
    return rows.map(({ name }) => name);
  };

  it('are all in SEALED_TABLES: those whose entity keeps bytes', () => {
    const known = new Set([
      ...SEALED_TABLES.map(({ table }) => table),
      ...Object.keys(PIECES),
      ...OTHER_BYTES,
    ]);
    const withBytes = [...test.get(EntityManager).getMetadata().getAll().values()]
      .filter(({ props }) =>
        props.some(({ columnTypes }) => columnTypes.some((type) => type === 'bytea')),
      )
      .map(({ tableName }) => tableName);
    expect(withBytes.length).toBeGreaterThanOrEqual(SEALED_TABLES.length);
    expect(withBytes.filter((table) => !known.has(table))).toEqual([]);
  });

  it('are all in SEALED_TABLES: those with bytes in the database', async () => {
    const { rows } = await owner.query<{ name: string }>(
      `select distinct c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
         and a.attnum > 0 and not a.attisdropped and a.atttypid = 'bytea'::regtype
         and a.attname similar to '%(sealed|wrapped|key)%'`,
    );
    const known = [...SEALED_TABLES.map(({ table }) => table), ...Object.keys(PIECES)];
    expect(rows.map(({ name }) => name).sort()).toEqual(known.sort());
  });

  it('have the columns that are said of them', async () => {
    for (const one of SEALED_TABLES) {
      const needed = [one.id, one.place, one.versionColumn, one.wrappedColumn];
      if (one.isTenants) needed.push('organization_id');
      expect(await columnsOf(one.table)).toEqual(expect.arrayContaining(needed));
    }
  });

  it('may be changed by the application role the way that is said of them', async () => {
    for (const one of SEALED_TABLES) {
      const privileges = one.isUpdatable ? ['update'] : ['insert', 'delete'];
      for (const privilege of privileges) {
        const { rows } = await owner.query<{ may: boolean }>(
          'select has_table_privilege($1, $2, $3) as may',
          ['driftguard_app', one.table, privilege],
        );
        expect([one.table, privilege, rows[0]?.may]).toEqual([one.table, privilege, true]);
      }
    }
  });
});
