import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { type Answer, answer, VaultError } from './answer.js';
import type { Leases } from './leases.js';
import type { Token } from './tokens.js';

/** A role of the database engine: https://developer.hashicorp.com/vault/api-docs/secret/databases#create-role */
export interface DatabaseRole {
  /** `{{name}}`, `{{password}}` and `{{expiration}}` are filled in. */
  readonly creationStatements: readonly string[];
  readonly revocationStatements?: readonly string[];
  /** Seconds. */
  readonly defaultTtl: number;
  readonly maxTtl: number;
}

const DEFAULT_REVOCATION = ['DROP ROLE IF EXISTS "{{name}}"'];
const RENEWAL = `ALTER ROLE "{{name}}" VALID UNTIL '{{expiration}}'`;

/** Makes and drops real roles of a PostgreSQL server. */
export class DatabaseEngine {
  readonly #pool: pg.Pool;

  constructor(
    adminUrl: string,
    private readonly roles: Readonly<Record<string, DatabaseRole>>,
    private readonly leases: Leases,
  ) {
    this.#pool = new pg.Pool({ connectionString: adminUrl, max: 2 });
  }

  async credentials(name: string, token: Token): Promise<Answer> {
    const role = this.roles[name];
    if (role === undefined) throw new VaultError(400, [`unknown role: ${name}`]);
    const username = `v-approle-${name.slice(0, 8)}-${randomBytes(10).toString('hex')}-${Math.floor(Date.now() / 1000)}`;
    const password = `A1a-${randomBytes(16).toString('hex')}`;
    const fill = (sql: string, expiration: Date): string =>
      sql
        .replaceAll('{{name}}', username)
        .replaceAll('{{password}}', password)
        .replaceAll('{{expiration}}', expiration.toISOString());
    const run = async (statements: readonly string[], expiration: Date): Promise<void> => {
      for (const sql of statements) await this.#pool.query(fill(sql, expiration));
    };
    await run(role.creationStatements, new Date(Date.now() + role.defaultTtl * 1000));
    const lease = this.leases.add(`database/creds/${name}`, {
      token,
      ttl: role.defaultTtl,
      maxTtl: role.maxTtl,
      onRenew: (expiration) => run([RENEWAL], expiration),
      onEnd: () => run(role.revocationStatements ?? DEFAULT_REVOCATION, new Date()),
    });
    return answer({ ...lease, data: { username, password } });
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}
