import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { APPLICATION_ROLE, SYSTEM_ROLE } from '../../src/core/database/index.js';
import { TestContext } from '../support/test-context.js';

interface Table {
  readonly name: string;
  readonly owner: string;
  readonly enabled: boolean;
  readonly forced: boolean;
  /** A part of another table, with whose policies it is read and written. */
  readonly is_part: boolean;
  readonly granted: string[] | null;
  readonly app_policies: number;
  readonly key: string[] | null;
}

const TABLES = `
  select c.relname as name, r.rolname as owner,
    c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
    c.relispartition as is_part,
    (select array_agg(distinct g.grantee::regrole::text) from aclexplode(c.relacl) g
       where g.grantee <> c.relowner) as granted,
    (select count(*)::int from pg_policy p where p.polrelid = c.oid
       and p.polroles @> array['${APPLICATION_ROLE}'::regrole::oid]) as app_policies,
    (select array_agg(a.attname::text order by k.position)
       from pg_constraint o
       cross join unnest(o.conkey) with ordinality as k(attnum, position)
       join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
       where o.conrelid = c.oid and o.contype = 'p') as key
  from pg_class c join pg_roles r on r.oid = c.relowner
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    and c.relname <> 'driftguard_migrations'
  order by 1`;

/** What PostgreSQL itself knows, so a table that nobody thought of is found too. */
describe('every table of the database', () => {
  let test: TestContext;
  let owner: pg.Client;
  let tables: Table[];

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
    tables = (await owner.query<Table>(TABLES)).rows;
  });

  afterAll(async () => {
    await owner.end();
    await test.close();
  });

  it('has forced row-level security and a policy for the application role', () => {
    expect(tables.length).toBeGreaterThan(3);
    const open = tables.filter(
      (one) => !one.enabled || !one.forced || (one.app_policies === 0 && !one.is_part),
    );
    expect(open.map((one) => one.name)).toEqual([]);
  });

  it('is in no part reached past the whole', () => {
    const parts = tables.filter((one) => one.is_part);
    expect(parts.map((one) => one.name)).toContain('audit_logs_rest');
    expect(parts.filter((one) => one.granted !== null || one.app_policies > 0)).toEqual([]);
  });

  it('has a key that leads with the organization, but for what belongs to no tenant', () => {
    const leads: Readonly<Record<string, string>> = {
      organizations: 'id',
      signing_keys: 'kid',
      operators: 'id',
      operator_events: 'id',
    };
    const wrong = tables.filter((one) => one.key?.[0] !== (leads[one.name] ?? 'organization_id'));
    expect(wrong.map((one) => one.name)).toEqual([]);
  });

  it('of the installation is a key that nobody changes, or an operator that nobody deletes, or an event that stays', async () => {
    const { rows } = await owner.query<{ name: string; may: string[] }>(
      `select table_name as name, array_agg(privilege_type::text order by privilege_type) as may
       from information_schema.role_table_grants
       where grantee = $1 and table_name in ('signing_keys', 'operators', 'operator_events')
       group by 1 order by 1`,
      [APPLICATION_ROLE],
    );
    expect(rows).toEqual([
      { name: 'operator_events', may: ['INSERT', 'SELECT'] },
      { name: 'operators', may: ['INSERT', 'SELECT', 'UPDATE'] },
      { name: 'signing_keys', may: ['DELETE', 'INSERT', 'SELECT'] },
    ]);
  });

  it('belongs neither to the application nor to the system role', () => {
    const owned = tables.filter((one) => [APPLICATION_ROLE, SYSTEM_ROLE].includes(one.owner));
    expect(owned).toEqual([]);
  });

  it('is out of reach of roles that could look past the policies', async () => {
    const { rows } = await owner.query(
      `select rolname from pg_roles where rolname = any($1)
         and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)`,
      [[APPLICATION_ROLE, SYSTEM_ROLE]],
    );
    expect(rows).toEqual([]);
  });

  it('is never written by the system role', async () => {
    const { rows } = await owner.query<{ table_name: string; privilege_type: string }>(
      `select table_name, privilege_type from information_schema.role_table_grants
       where grantee = $1 and privilege_type in ('INSERT', 'UPDATE', 'DELETE', 'TRUNCATE')
       order by 1, 2`,
      [SYSTEM_ROLE],
    );
    expect(rows).toMatchSnapshot('what the system role may write');
  });

  it('is left alone by functions with foreign rights, but for the known ones', async () => {
    const { rows } = await owner.query<{ name: string; config: string[] | null }>(
      `select proname as name, proconfig as config from pg_proc
       where pronamespace = 'public'::regnamespace and prosecdef order by 1`,
    );
    expect(rows.every((row) => row.config?.some((one) => one.startsWith('search_path=')))).toBe(
      true,
    );
    expect(rows.map((row) => row.name)).toMatchSnapshot('functions with SECURITY DEFINER');
  });
});
