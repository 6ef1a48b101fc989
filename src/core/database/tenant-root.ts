import type { EntityClass } from '@mikro-orm/core';

let tenantRoot: EntityClass<{ id: string }> | undefined;

/**
 * Names the entity every `organization_id` refers to. The organizations module calls it when it is loaded,
 * because core stands below it and cannot import it.
 */
export function registerTenantRoot(entity: EntityClass<{ id: string }>): void {
  tenantRoot = entity;
}

export function tenantRootEntity(): EntityClass<{ id: string }> {
  if (tenantRoot === undefined) throw new Error('no entity was registered as the tenant root');
  return tenantRoot;
}
