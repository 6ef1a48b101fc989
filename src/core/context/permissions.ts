/** From least to most: every role may do what the roles before it may. */
export const ROLES = ['viewer', 'editor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/**
 * Every permission and the least role that has it. The specification's table is by HTTP method (viewer GET;
 * editor POST, PUT, PATCH; admin DELETE); organizations, their settings and users are for administrators.
 */
export const PERMISSIONS = {
  'account:read': 'viewer',
  'account:update': 'viewer',
  'organization:read': 'viewer',
  'organization:update': 'admin',
  'settings:read': 'admin',
  'settings:update': 'admin',
  'user:read': 'admin',
  'user:create': 'admin',
  'user:update': 'admin',
  'service_account:read': 'admin',
  'service_account:create': 'admin',
  'service_account:update': 'admin',
  'service_account:delete': 'admin',
  'audit:read': 'admin',
  'privacy:read': 'admin',
  'privacy:update': 'admin',
  'organization:delete': 'admin',
  'environment:read': 'viewer',
  'environment:create': 'editor',
  'environment:update': 'editor',
  'environment:delete': 'admin',
  'scan:read': 'viewer',
  'scan:create': 'editor',
  'iac:read': 'viewer',
  'iac:create': 'editor',
  'iac:update': 'editor',
  'iac:push': 'editor',
  'iac:delete': 'admin',
  'drift:read': 'viewer',
  'drift:resolve': 'editor',
  'ignore_rule:read': 'viewer',
  'ignore_rule:create': 'editor',
  'ignore_rule:update': 'editor',
  'ignore_rule:delete': 'admin',
} as const satisfies Record<string, Role>;
export type Permission = keyof typeof PERMISSIONS;

/**
 * What no API key may be allowed, whoever it belongs to: what decides who may do what, and what only the person may do. A key that
 * could make users, invitations, keys or other settings would be worth more than its scopes, and outlive its end.
 */
const FOR_PEOPLE_ONLY: ReadonlySet<Permission> = new Set([
  'account:update',
  'user:create',
  'user:update',
  'settings:update',
  'privacy:update',
  'organization:delete',
  'service_account:create',
  'service_account:update',
  'service_account:delete',
]);

const permissionsByRole = new Map<Role, ReadonlySet<Permission>>(
  ROLES.map((role) => [role, new Set(permissionNames().filter((one) => allows(role, one)))]),
);

export function permissionsOf(role: Role): ReadonlySet<Permission> {
  return permissionsByRole.get(role) ?? new Set();
}

/** What an API key can be allowed, in order of name. */
export const API_KEY_SCOPES: readonly Permission[] = permissionNames()
  .filter((one) => !FOR_PEOPLE_ONLY.has(one))
  .sort();

function permissionNames(): Permission[] {
  return Object.keys(PERMISSIONS) as Permission[];
}

function allows(role: Role, permission: Permission): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(PERMISSIONS[permission]);
}
