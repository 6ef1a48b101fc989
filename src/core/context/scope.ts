import { AsyncLocalStorage } from 'node:async_hooks';
import type { TenantContext } from './tenant-context.js';

/**
 * What travels along with a request or job for the logger, the ORM filter and the row-level-security hook.
 * Business code takes the TenantContext as an argument instead.
 */
export interface Scope {
  readonly correlationId: string;
  /** Unknown until somebody is authenticated; set once. */
  tenant?: TenantContext;
  /** The values before a change, as the service that made it noted them for the audit log. */
  valuesBefore?: Readonly<Record<string, unknown>>;
}

const storage = new AsyncLocalStorage<Scope>();

export function runInScope<T>(scope: Scope, work: () => T): T {
  return storage.run(scope, work);
}

export function currentScope(): Scope | undefined {
  return storage.getStore();
}

export function currentTenant(): TenantContext | undefined {
  return storage.getStore()?.tenant;
}

/** @throws Error when a request that already belongs to a tenant is given another one. */
export function enterTenant(context: TenantContext): void {
  const scope = storage.getStore();
  if (scope === undefined) throw new Error('there is no scope to enter a tenant in');
  if (scope.tenant !== undefined && scope.tenant.organizationId !== context.organizationId) {
    throw new Error('a scope never changes its tenant');
  }
  scope.tenant = context;
}

/** For the audit log: what a record looked like before the change that is about to be made. */
export function noteValuesBefore(values: Readonly<Record<string, unknown>>): void {
  const scope = storage.getStore();
  if (scope !== undefined) scope.valuesBefore = values;
}
