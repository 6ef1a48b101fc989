/** The application role: API and workers. It owns nothing and row-level security binds it. */
export const APPLICATION_ROLE = 'driftguard_app';
/** The system role: scheduler and retention. It sees across tenants, a few columns only. */
export const SYSTEM_ROLE = 'driftguard_system';
/** Nobody logs in as this one: it lends its rights to the login lookup, and only that can see password hashes. */
export const LOGIN_LOOKUP_ROLE = 'driftguard_login_lookup';
/** The session variable that names the tenant; without it every tenant table answers with an error. */
export const TENANT_SETTING = 'driftguard.organization_id';

const currentOrganization = `current_setting('${TENANT_SETTING}')::uuid`;

/** Fits MikroORM's PolicyDef and is plain enough to be written as SQL by a migration. */
export interface TenantPolicy {
  name: string;
  command: 'all' | 'select' | 'delete';
  roles: string[];
  using: string;
  check?: string;
}

/** What row-level security allows on one tenant table; the entity and its migration both say it. */
export function tenantPolicies(options: {
  readonly tableName: string;
  /** The column that holds the organization; `id` for organizations themselves. */
  readonly column?: string;
  /** Whether the system role may read rows of all tenants; which columns is a grant in the migration. */
  readonly systemMayRead?: boolean;
  /** Whether the system role may delete rows of all tenants; needs `systemMayRead`. */
  readonly systemMayDelete?: boolean;
  /** Whether the login lookup may read rows of all tenants. */
  readonly loginMayRead?: boolean;
}): TenantPolicy[] {
  const condition = `${options.column ?? 'organization_id'} = ${currentOrganization}`;
  const policies: TenantPolicy[] = [
    {
      name: `${options.tableName}_tenant`,
      command: 'all',
      roles: [APPLICATION_ROLE],
      using: condition,
      check: condition,
    },
  ];
  if (options.systemMayRead) policies.push(readingPolicy(options.tableName, 'system', SYSTEM_ROLE));
  if (options.systemMayDelete) {
    policies.push({
      name: `${options.tableName}_system_delete`,
      command: 'delete',
      roles: [SYSTEM_ROLE],
      using: 'true',
    });
  }
  if (options.loginMayRead) {
    policies.push(readingPolicy(options.tableName, 'login', LOGIN_LOOKUP_ROLE));
  }
  return policies;
}

/**
 * What row-level security allows on a table that belongs to the installation and to no tenant: the application role
 * everything it was granted, nobody else anything. For secrets of the installation only, never for data of tenants.
 */
export function platformPolicies(tableName: string): TenantPolicy[] {
  return [
    {
      name: `${tableName}_platform`,
      command: 'all',
      roles: [APPLICATION_ROLE],
      using: 'true',
      check: 'true',
    },
  ];
}

function readingPolicy(tableName: string, suffix: string, role: string): TenantPolicy {
  return { name: `${tableName}_${suffix}`, command: 'select', roles: [role], using: 'true' };
}
