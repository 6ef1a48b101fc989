import path from 'node:path';
import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';
import type { Config } from '../config/index.js';
import { DomainError } from '../errors/index.js';
import type { Credentials } from './database-credentials.js';
import { type Entities, ormOptions } from './orm-options.js';
import { prepareServer } from './roles.js';
import { APPLICATION_ROLE, LOGIN_LOOKUP_ROLE, SYSTEM_ROLE } from './tenant-policy.js';

export interface MigrateOptions {
  /** Needed by the migrations check only; migrations themselves are plain SQL. */
  readonly entities?: Entities;
  /** Default: up to the newest. `down` undoes one. */
  readonly direction?: 'up' | 'down';
  /**
   * Parts of the audit log to make before its first entry is written; the workers go on with it. Default: 3. None for the
   * migrations check, because no entity names them.
   */
  readonly monthsAhead?: number;
  /** The folder of the compiled migrations. Default: `migrations` beside the compiled `src`. */
  readonly folder?: string;
}

/**
 * The migration job: prepares roles and database, then migrates as the owner. Safe to run again and at the same
 * time as the previous version serves. Answers the names of the migrations it applied.
 *
 * @throws DomainError `DATABASE.OWNER_REQUIRED` without the owner's password.
 */
export async function migrate(config: Config, options: MigrateOptions = {}): Promise<string[]> {
  const owner = ownerCredentials(config);
  await prepareServer(config, owner);
  const orm = await openMigrator(config, options);
  try {
    await orm.em.getConnection().execute(
      [
        `grant connect on database ${pg.escapeIdentifier(config.get('DB_NAME'))} to ${APPLICATION_ROLE}, ${SYSTEM_ROLE}`,
        // Bulk loading stages rows in temporary tables: COPY does not work into a table with row-level security.
        `grant temporary on database ${pg.escapeIdentifier(config.get('DB_NAME'))} to ${APPLICATION_ROLE}`,
        'revoke create on schema public from public',
        `grant usage on schema public to ${APPLICATION_ROLE}, ${SYSTEM_ROLE}, ${LOGIN_LOOKUP_ROLE}`,
      ].join('; '),
    );
    const isDown = options.direction === 'down';
    const applied = isDown ? await orm.migrator.down() : await orm.migrator.up();
    const { monthsAhead = 3 } = options;
    if (!isDown && monthsAhead > 0) {
      await orm.em.getConnection().execute(`select prepare_audit_months(${monthsAhead})`);
    }
    return applied.map((migration) => migration.name);
  } finally {
    await orm.close();
  }
}

/** An object mapper with the owner's rights, for the migration job and the migrations check. Close it. */
export async function openMigrator(config: Config, options: MigrateOptions): Promise<MikroORM> {
  return MikroORM.init({
    ...ormOptions(config, options.entities ?? [], ownerCredentials(config)),
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    pool: { min: 0, max: 2 },
    logger: () => undefined,
    migrations: {
      path: options.folder ?? path.resolve(import.meta.dirname, '../../../migrations'),
      glob: 'Migration*.{js,ts}',
      tableName: 'driftguard_migrations',
      snapshotName: '.snapshot-driftguard',
      snapshotOnMigrate: false,
      silent: true,
      allOrNothing: true,
    },
    // Functions and triggers are SQL that no entity says; policies are said by both.
    schemaGenerator: { ignoreRoutines: true, ignoreTriggers: true },
  });
}

function ownerCredentials(config: Config): Credentials {
  const password = config.get('DB_OWNER_PASSWORD');
  if (password === '') {
    throw new DomainError({
      code: 'DATABASE.OWNER_REQUIRED',
      kind: 'invalid',
      logLevel: 'error',
      message:
        'Migrating needs the owner of the database: set DB_OWNER_USER and DB_OWNER_PASSWORD.',
    });
  }
  return { user: config.get('DB_OWNER_USER'), password };
}
