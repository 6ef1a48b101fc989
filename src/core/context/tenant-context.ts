import { randomUUID } from 'node:crypto';
import { type Permission, permissionsOf, type Role } from './permissions.js';

/** Who acts. `system` is the scheduler, a job without a user behind it, or a command line. */
export interface Actor {
  readonly kind: 'user' | 'system';
  /** Id of the user; null for the system. */
  readonly id: string | null;
  /** Username, or what part of the system it is: `scheduler`, `up`. */
  readonly name: string;
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
  fields: Pick<TenantContext, 'organizationId' | 'actor' | 'role'> & { correlationId?: string },
): TenantContext {
  return Object.freeze({
    organizationId: fields.organizationId,
    actor: Object.freeze({ ...fields.actor }),
    role: fields.role,
    permissions: permissionsOf(fields.role),
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
