/** The application role: API and workers. It owns nothing and row-level security binds it. */
export const APPLICATION_ROLE = 'driftguard_app';
/** The system role: scheduler, retention and the login lookup. It sees across tenants, a few columns only. */
export const SYSTEM_ROLE = 'driftguard_system';
/** The session variable that names the tenant; without it every tenant table answers with an error. */
export const TENANT_SETTING = 'driftguard.organization_id';

const currentOrganization = `current_setting('${TENANT_SETTING}')::uuid`;

/** Fits MikroORM's PolicyDef and is plain enough to be written as SQL by a migration. */
export interface TenantPolicy {
  name: string;
  command: 'all' | 'select';
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
  if (options.systemMayRead) {
    policies.push({
      name: `${options.tableName}_system`,
      command: 'select',
      roles: [SYSTEM_ROLE],
      using: 'true',
    });
  }
  return policies;
}
