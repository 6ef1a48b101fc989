import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { TestOrganization } from '../../factories/organization.factory.js';
import { TestContext } from '../../support/test-context.js';

/** What the database itself enforces, asked past all of our own code. */
describe('row-level security as the application role', () => {
  let test: TestContext;
  let client: pg.Client;
  let ours: TestOrganization;
  let theirs: TestOrganization;

  beforeAll(async () => {
    test = await TestContext.open();
    ours = await test.newOrganization();
    theirs = await test.newOrganization();
    await test.newUser(ours);
    await test.newUser(theirs);
    client = applicationClient(test);
    await client.connect();
  });

  afterAll(async () => {
    await client.end();
    await test.close();
  });

  const enter = (organization: string) =>
    client.query("select set_config('driftguard.organization_id', $1, false)", [organization]);

  it.each(['organizations', 'organization_settings', 'users', 'audit_logs'])(
    'refuses to read %s before a tenant is set',
    async (table) => {
      const fresh = applicationClient(test);
      await fresh.connect();
      await expect(fresh.query(`select * from ${table}`)).rejects.toThrow(
        'unrecognized configuration parameter "driftguard.organization_id"',
      );
      await fresh.end();
    },
  );

  it('refuses to read after the tenant was cleared', async () => {
    await enter('');
    await expect(client.query('select * from users')).rejects.toThrow('invalid input syntax');
  });

  it('shows a tenant its own rows only', async () => {
    await enter(ours.id);
    const { rows } = await client.query<{ organization_id: string }>('select * from users');
    expect(rows.map((row) => row.organization_id)).toEqual([ours.id]);
    const other = await client.query('select * from users where organization_id = $1', [theirs.id]);
    expect(other.rows).toEqual([]);
  });

  it('refuses to insert for another tenant', async () => {
    await enter(ours.id);
    await expect(
      client.query(
        `insert into users (organization_id, id, username, password_hash)
         values ($1, gen_random_uuid(), 'intruder', 'x')`,
        [theirs.id],
      ),
    ).rejects.toThrow('violates row-level security policy');
  });

  it('refuses to move a row to another tenant', async () => {
    await enter(ours.id);
    await expect(
      client.query('update users set organization_id = $1', [theirs.id]),
    ).rejects.toThrow('violates row-level security policy');
  });

  it('changes nothing of another tenant', async () => {
    await enter(ours.id);
    const update = await client.query(
      'update users set is_active = false where organization_id = $1',
      [theirs.id],
    );
    expect(update.rowCount).toBe(0);
  });

  it('keeps audit entries as they are', async () => {
    await enter(ours.id);
    await expect(client.query('update audit_logs set action = $1', ['x'])).rejects.toThrow(
      'permission denied',
    );
    await expect(client.query('delete from audit_logs')).rejects.toThrow('permission denied');
  });

  it('shows password hashes of others to the login lookup only', async () => {
    await enter(ours.id);
    const lookup = await client.query('select * from find_login($1, $2)', [theirs.slug, 'nobody']);
    expect(lookup.rows).toEqual([]);
    const system = databaseClient(test, 'DB_SYSTEM_USER', 'DB_SYSTEM_PASSWORD');
    await system.connect();
    await expect(system.query('select password_hash from users')).rejects.toThrow(
      'permission denied',
    );
    await expect(system.query('select * from find_login($1, $2)', ['a', 'b'])).rejects.toThrow(
      'permission denied',
    );
    const { rows } = await system.query<{ id: string }>('select id from organizations');
    expect(rows.map((row) => row.id)).toEqual(expect.arrayContaining([ours.id, theirs.id]));
    await system.end();
  });

  it('cannot look the tenant rule away', async () => {
    await expect(client.query('alter table users disable row level security')).rejects.toThrow(
      'must be owner',
    );
    await expect(client.query('set row_security = off; select * from users')).rejects.toThrow(
      'would be affected by row-level security policy',
    );
    await expect(client.query('set role driftguard_system')).rejects.toThrow('permission denied');
  });
});

function applicationClient(test: TestContext): pg.Client {
  return databaseClient(test, 'DB_USER', 'DB_PASSWORD');
}

function databaseClient(
  test: TestContext,
  user: 'DB_USER' | 'DB_SYSTEM_USER',
  password: 'DB_PASSWORD' | 'DB_SYSTEM_PASSWORD',
): pg.Client {
  return new pg.Client({
    host: test.config.get('DB_HOST'),
    port: test.config.get('DB_PORT'),
    database: test.config.get('DB_NAME'),
    user: test.config.get(user),
    password: test.config.get(password),
  });
}
