import type { AnyEntity, EntityClass } from '@mikro-orm/core';
import { ReflectMetadataProvider } from '@mikro-orm/decorators/legacy';
import { defineConfig, EntityCaseNamingStrategy, PostgreSqlDriver } from '@mikro-orm/postgresql';
import { CompiledQuery, type DatabaseConnection } from 'kysely';
import type { Config } from '../config/index.js';
import { currentTenant } from '../context/index.js';
import type { Logger } from '../logging/index.js';
import { sessionOptions } from './connection-options.js';
import type { Credentials, DatabaseCredentials } from './database-credentials.js';
import { mapperTypes, rotatingDialect } from './rotating-dialect.js';
import { RotatingPool } from './rotating-pool.js';
import { TENANT_SETTING } from './tenant-policy.js';

export type Entities = readonly EntityClass<AnyEntity>[];

/** What every use of the object mapper shares: the application, the migration job and the migrations check. */
export function ormOptions(config: Config, entities: Entities, credentials: Credentials) {
  return defineConfig({
    driver: PostgreSqlDriver,
    metadataProvider: ReflectMetadataProvider,
    // Entities already carry the names of the columns.
    namingStrategy: EntityCaseNamingStrategy,
    entities: [...entities],
    host: config.get('DB_HOST'),
    port: config.get('DB_PORT'),
    dbName: config.get('DB_NAME'),
    ...credentials,
    driverOptions: { ssl: config.get('DB_TLS') },
    ensureDatabase: false,
    // The settings are ours alone: an environment variable of the ORM must not change the role or database.
    preferEnvVars: false,
    forceUtcTimezone: true,
    validateRequired: true,
  });
}

/** The application's: bound to the tenant in scope at every checkout of a connection. */
export function applicationOrmOptions(
  config: Config,
  entities: Entities,
  logger: Logger,
  credentials: DatabaseCredentials,
) {
  const pool = new RotatingPool(
    'application',
    credentials,
    { ...sessionOptions(config), types: mapperTypes(), min: 0, max: config.get('DB_POOL_MAX') },
    logger,
  );
  return {
    ...ormOptions(config, entities, NO_LOGIN),
    driverOptions: rotatingDialect(pool, bindTenant),
    logger: (message: string) => logger.write('debug', message),
    registerRequestContext: false,
    // A rare cold start of the pool must not look like a broken query.
    slowQueryThreshold: 2000,
  };
}

/** The pool logs in; the mapper itself knows no password. */
const NO_LOGIN: Credentials = { user: '', password: '' };

/**
 * Row-level security reads the tenant from a session variable. Sessions are pooled, so it is set anew at every
 * checkout; without a tenant it is set to nothing, and every tenant table answers with an error.
 */
async function bindTenant(connection: DatabaseConnection): Promise<void> {
  await connection.executeQuery(
    CompiledQuery.raw('select set_config($1, $2, false)', [
      TENANT_SETTING,
      currentTenant()?.organizationId ?? '',
    ]),
  );
}
