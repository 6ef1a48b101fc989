import pg from 'pg';
import { OWNER } from './service-environment.js';

/**
 * The role that owns the tables: no superuser, so that forced row-level security binds even the migrations. Safe to call at
 * every start.
 */
export async function ensureDatabaseOwner(superuserUrl: string, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    const { rows } = await client.query('select 1 from pg_roles where rolname = $1', [OWNER]);
    const verb = rows.length === 0 ? 'create' : 'alter';
    await client.query(
      `${verb} role ${OWNER} with login createdb createrole password ${pg.escapeLiteral(password)}`,
    );
  } finally {
    await client.end();
  }
}
