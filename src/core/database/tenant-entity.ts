import { randomUUIDv7 } from 'node:crypto';
import { type EntityClass, type EntityOptions, type Opt, PrimaryKeyProp } from '@mikro-orm/core';
import { Entity, Filter, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { currentTenant } from '../context/index.js';
import { tenantPolicies } from './tenant-policy.js';
import { tenantRootEntity } from './tenant-root.js';

export abstract class TimestampedEntity {
  @Property({ type: 'timestamptz', defaultRaw: 'now()' })
  created_at: Opt<Date> = new Date();

  @Property({ type: 'timestamptz', defaultRaw: 'now()', onUpdate: () => new Date() })
  updated_at: Opt<Date> = new Date();
}

/**
 * A row that belongs to one organization. The primary key leads with the organization, so that tables can be
 * distributed by it; `id` is a UUID version 7 and therefore in order of creation.
 */
export abstract class TenantRow {
  [PrimaryKeyProp]?: ['organization_id', 'id'];

  @ManyToOne({
    entity: tenantRootEntity,
    primary: true,
    mapToPk: true,
    fieldName: 'organization_id',
    deleteRule: 'cascade',
    updateRule: 'no action',
  })
  organization_id!: string;

  @PrimaryKey({ type: 'uuid' })
  id: string = randomUUIDv7();
}

/** The usual base of a tenant's entity. */
export abstract class TenantOwnedEntity extends TenantRow {
  @Property({ type: 'timestamptz', defaultRaw: 'now()' })
  created_at: Opt<Date> = new Date();

  @Property({ type: 'timestamptz', defaultRaw: 'now()', onUpdate: () => new Date() })
  updated_at: Opt<Date> = new Date();
}

export const TENANT_FILTER = 'tenant';

interface TenantEntityOptions<T extends EntityClass<unknown>> extends EntityOptions<T> {
  readonly tableName: string;
  readonly systemMayRead?: boolean;
  readonly systemMayDelete?: boolean;
  readonly loginMayRead?: boolean;
}

/**
 * `@Entity` for a tenant's table: forced row-level security and the strict `tenant` filter, which throws when no
 * tenant is in scope. Its migration says `tenantTableSql()` with the same options.
 */
export function TenantEntity<T extends EntityClass<unknown>>(options: TenantEntityOptions<T>) {
  const {
    systemMayRead = false,
    systemMayDelete = false,
    loginMayRead = false,
    ...entityOptions
  } = options;
  return (target: T): void => {
    Entity<T>({
      ...entityOptions,
      rowLevelSecurity: 'force',
      policies: tenantPolicies({
        tableName: options.tableName,
        systemMayRead,
        systemMayDelete,
        loginMayRead,
      }),
    })(target);
    Filter<EntityClass<TenantRow>>({
      name: TENANT_FILTER,
      default: true,
      args: false,
      cond: () => ({ organization_id: requireOrganization() }),
    })(target);
  };
}

/** @throws Error when nobody opened a tenant's scope: a bug, so it must not look like an empty result. */
export function requireOrganization(): string {
  const tenant = currentTenant();
  if (tenant === undefined) {
    throw new Error('a tenant table was used without a tenant in scope');
  }
  return tenant.organizationId;
}
