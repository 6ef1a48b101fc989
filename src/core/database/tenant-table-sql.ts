import {
  APPLICATION_ROLE,
  LOGIN_LOOKUP_ROLE,
  platformPolicies,
  SYSTEM_ROLE,
  type TenantPolicy,
  tenantPolicies,
} from './tenant-policy.js';

export type Privilege = 'select' | 'insert' | 'update' | 'delete';

export interface TenantTableOptions {
  readonly tableName: string;
  readonly column?: string;
  /** What the application role may do. Default: everything with rows, nothing with the table. */
  readonly privileges?: readonly Privilege[];
  /** Columns the system role may read across tenants. Default: none. */
  readonly systemColumns?: readonly string[];
  /** Whether the system role may delete rows of all tenants. Default: no. */
  readonly systemDeletes?: boolean;
  /** Columns the login lookup may read across tenants. Default: none. */
  readonly loginColumns?: readonly string[];
}

/**
 * The statements that make a freshly created table a tenant's table: row-level security enabled and forced, the
 * policies, the grants. For migrations: `for (const sql of tenantTableSql({ tableName })) this.addSql(sql);`
 */
export function tenantTableSql(options: TenantTableOptions): string[] {
  const table = `"${options.tableName}"`;
  const systemColumns = options.systemColumns ?? [];
  const loginColumns = options.loginColumns ?? [];
  const policies = tenantPolicies({
    tableName: options.tableName,
    ...(options.column === undefined ? {} : { column: options.column }),
    systemMayRead: systemColumns.length > 0,
    systemMayDelete: options.systemDeletes === true,
    loginMayRead: loginColumns.length > 0,
  });
  return [
    ...policySql(table, policies),
    ...applicationGrants(options.tableName, options.privileges),
    ...columnGrants(table, systemColumns, SYSTEM_ROLE),
    ...(options.systemDeletes === true ? [`grant delete on ${table} to ${SYSTEM_ROLE}`] : []),
    ...columnGrants(table, loginColumns, LOGIN_LOOKUP_ROLE),
  ];
}

/** The same for a table of the installation, which belongs to no tenant. */
export function platformTableSql(tableName: string, privileges: readonly Privilege[]): string[] {
  return [
    ...policySql(`"${tableName}"`, platformPolicies(tableName)),
    ...applicationGrants(tableName, privileges),
  ];
}

function policySql(table: string, policies: readonly TenantPolicy[]): string[] {
  return [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    ...policies.map((policy) => {
      const parts = [
        `create policy "${policy.name}" on ${table}`,
        `for ${policy.command} to ${policy.roles.join(', ')}`,
        `using (${policy.using})`,
      ];
      if (policy.check !== undefined) parts.push(`with check (${policy.check})`);
      return parts.join(' ');
    }),
  ];
}

/** The grant for a table, partition or staging table without a tenant of its own. */
export function applicationGrants(
  tableName: string,
  privileges: readonly Privilege[] = ['select', 'insert', 'update', 'delete'],
): string[] {
  return [`grant ${privileges.join(', ')} on "${tableName}" to ${APPLICATION_ROLE}`];
}

function columnGrants(table: string, columns: readonly string[], role: string): string[] {
  if (columns.length === 0) return [];
  return [`grant select (${columns.map((one) => `"${one}"`).join(', ')}) on ${table} to ${role}`];
}
