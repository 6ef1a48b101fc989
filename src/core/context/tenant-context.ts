import { randomUUID } from 'node:crypto';
import { type Permission, permissionsOf, type Role } from './permissions.js';

/** Who acts. `system` is the scheduler, a job without a user behind it, or a command line. */
export interface Actor {
  readonly kind: 'user' | 'service_account' | 'system';
  /** Id of the user or service account; null for the system. */
  readonly id: string | null;
  /** Name of the user or service account, or what part of the system it is: `scheduler`, `up`. */
  readonly name: string;
  /** The API key it came with; absent for a session and the system. */
  readonly apiKeyId?: string;
}

/** For whom and by whom something is done. The first argument of every service method. */
export interface TenantContext {
  readonly organizationId: string;
  readonly actor: Actor;
  readonly role: Role;
  readonly permissions: ReadonlySet<Permission>;
  /** Follows one cause through requests, jobs and log lines. */
  readonly correlationId: string;
}

export function createTenantContext(
  fields: Pick<TenantContext, 'organizationId' | 'actor' | 'role'> & {
    readonly correlationId?: string;
    /** Of an API key: what it may do of what the role may. */
    readonly scopes?: readonly Permission[];
  },
): TenantContext {
  const ofRole = permissionsOf(fields.role);
  const { scopes } = fields;
  return Object.freeze({
    organizationId: fields.organizationId,
    actor: Object.freeze({ ...fields.actor }),
    role: fields.role,
    permissions: scopes === undefined ? ofRole : new Set(scopes.filter((one) => ofRole.has(one))),
    correlationId: fields.correlationId ?? randomUUID(),
  });
}

/** The context of work nobody asked for in person: a schedule, a migration of data, the first start. */
export function createSystemContext(
  organizationId: string,
  name: string,
  correlationId?: string,
): TenantContext {
  return createTenantContext({
    organizationId,
    actor: { kind: 'system', id: null, name },
    role: 'admin',
    ...(correlationId === undefined ? {} : { correlationId }),
  });
}
