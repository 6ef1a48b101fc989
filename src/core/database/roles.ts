import pg from 'pg';
import type { Config } from '../config/index.js';
import { DomainError } from '../errors/index.js';
import { connectionOptions } from './connection-options.js';
import type { Credentials } from './database-credentials.js';
import { APPLICATION_ROLE, LOGIN_LOOKUP_ROLE, SYSTEM_ROLE } from './tenant-policy.js';

/** Roles belong to the whole server: migrations of several databases must not create them at the same time. */
const ROLES_LOCK = 4_711_001;
const MAINTENANCE_DATABASE = 'postgres';

/**
 * Creates the application and system roles (or sets their passwords) and the database. With
 * `DB_MANAGE_ROLES=false` it only checks that the roles are there.
 */
export async function prepareServer(config: Config, owner: Credentials): Promise<void> {
  const client = new pg.Client({
    ...connectionOptions(config, owner),
    database: MAINTENANCE_DATABASE,
  });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [ROLES_LOCK]);
    if (config.get('DB_MANAGE_ROLES')) {
      await createGroup(client, LOGIN_LOOKUP_ROLE);
      await createRole(client, APPLICATION_ROLE, config.get('DB_USER'), config.get('DB_PASSWORD'));
      await createRole(
        client,
        SYSTEM_ROLE,
        config.get('DB_SYSTEM_USER'),
        config.get('DB_SYSTEM_PASSWORD'),
      );
    } else {
      await requireRoles(client);
    }
    await refuseStrongRoles(client, [config.get('DB_USER'), config.get('DB_SYSTEM_USER')]);
    await createDatabase(client, config.get('DB_NAME'));
  } finally {
    await client.end();
  }
}

async function createRole(
  client: pg.Client,
  role: string,
  login: string,
  password: string | undefined,
): Promise<void> {
  await createGroup(client, role);
  // Vault makes the logins, as members of the role.
  if (password === undefined) return;
  const user = pg.escapeIdentifier(login);
  if (!(await exists(client, 'pg_roles', 'rolname', login))) {
    await client.query(`create role ${user} in role ${role}`);
  }
  await client.query(`alter role ${user} login password ${pg.escapeLiteral(password)}`);
}

/** The owner becomes a member, so that it can hand things over to the role. */
async function createGroup(client: pg.Client, role: string): Promise<void> {
  if (await exists(client, 'pg_roles', 'rolname', role)) return;
  await client.query(`create role ${role} nologin`);
  await client.query(`grant ${role} to current_user`);
}

/** A role that row-level security does not bind would make every tenant's rows everybody's. */
async function refuseStrongRoles(client: pg.Client, logins: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ rolname: string }>(
    'select rolname from pg_roles where rolname = any($1) and (rolsuper or rolbypassrls)',
    [logins],
  );
  const [first] = rows;
  if (first === undefined) return;
  throw new DomainError({
    code: 'DATABASE.ROLE_TOO_STRONG',
    kind: 'invalid',
    logLevel: 'error',
    message: `The PostgreSQL role ${first.rolname} may bypass row-level security. Run: ALTER ROLE ${first.rolname} NOSUPERUSER NOBYPASSRLS.`,
  });
}

async function requireRoles(client: pg.Client): Promise<void> {
  for (const role of [APPLICATION_ROLE, SYSTEM_ROLE, LOGIN_LOOKUP_ROLE]) {
    if (await exists(client, 'pg_roles', 'rolname', role)) continue;
    throw new DomainError({
      code: 'DATABASE.ROLE_MISSING',
      kind: 'unavailable',
      logLevel: 'error',
      message: `The PostgreSQL role ${role} does not exist. Create it (see docs/database.md) or set DB_MANAGE_ROLES=true.`,
    });
  }
}

async function createDatabase(client: pg.Client, name: string): Promise<void> {
  if (await exists(client, 'pg_database', 'datname', name)) return;
  await client.query(`create database ${pg.escapeIdentifier(name)}`);
  await client.query(`revoke all on database ${pg.escapeIdentifier(name)} from public`);
}

async function exists(
  client: pg.Client,
  catalogue: 'pg_roles' | 'pg_database',
  column: string,
  name: string,
): Promise<boolean> {
  const found = await client.query(`select 1 from ${catalogue} where ${column} = $1`, [name]);
  return found.rows.length > 0;
}
