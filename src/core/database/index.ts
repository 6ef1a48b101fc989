export { sessionOptions } from './connection-options.js';
export { copyRows, type CopyValue } from './copy-rows.js';
export { cursorRows } from './cursor-rows.js';
export {
  ConfiguredCredentials,
  type Credentials,
  DATABASE_CREDENTIALS,
  type DatabaseCredentials,
  type DatabaseLogin,
} from './database-credentials.js';
export { DatabaseModule } from './database.module.js';
export { migrate, openMigrator, type MigrateOptions } from './migrate.js';
export { monthly } from './monthly.js';
export type { Entities } from './orm-options.js';
export { RotatingPool } from './rotating-pool.js';
export { SystemSql } from './system-sql.js';
export {
  requireOrganization,
  TENANT_FILTER,
  TenantEntity,
  TenantOwnedEntity,
  TenantRow,
  TimestampedEntity,
} from './tenant-entity.js';
export {
  APPLICATION_ROLE,
  LOGIN_LOOKUP_ROLE,
  platformPolicies,
  SYSTEM_ROLE,
  TENANT_SETTING,
  tenantPolicies,
} from './tenant-policy.js';
export { TenantRepository } from './tenant-repository.js';
export { registerTenantRoot } from './tenant-root.js';
export { TenantScope } from './tenant-scope.js';
export { TenantSql } from './tenant-sql.js';
export {
  applicationGrants,
  platformTableSql,
  type Privilege,
  tenantTableSql,
} from './tenant-table-sql.js';
