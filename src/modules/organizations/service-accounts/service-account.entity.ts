import type { Opt } from '@mikro-orm/core';
import { Enum, Property, Unique } from '@mikro-orm/decorators/legacy';
import { type Role, ROLES } from '../../../core/context/index.js';
import { TenantEntity, TenantOwnedEntity } from '../../../core/database/index.js';

/**
 * A program that calls the API, with a role and API keys of its own. It stands in no table of people: there is no password it could
 * log in with, no address for a reset, no second factor and no session.
 */
@TenantEntity<typeof ServiceAccount>({ tableName: 'service_accounts' })
@Unique({ name: 'service_accounts_name', properties: ['organization_id', 'name'] })
export class ServiceAccount extends TenantOwnedEntity {
  @Property({ type: 'string', length: 100 })
  name!: string;

  @Property({ type: 'string', length: 500, default: '' })
  description: Opt<string> = '';

  @Enum({ items: () => [...ROLES], columnType: 'varchar(20)' })
  role!: Role;

  /** Keys of one that is not active are refused, and work again when it is. */
  @Property({ type: 'boolean', default: true })
  is_active: Opt<boolean> = true;

  @Property({ type: 'uuid', nullable: true })
  created_by: string | null = null;
}
