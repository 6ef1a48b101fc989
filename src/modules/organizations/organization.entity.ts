import { randomUUIDv7 } from 'node:crypto';
import type { Opt } from '@mikro-orm/core';
import { Entity, Filter, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import {
  registerTenantRoot,
  requireOrganization,
  SYSTEM_ROLE,
  TENANT_FILTER,
  tenantPolicies,
  TimestampedEntity,
} from '../../core/database/index.js';

/** The tenant. Its own id is the `organization_id` of everything else. */
@Entity({
  tableName: 'organizations',
  rowLevelSecurity: 'force',
  policies: [
    ...tenantPolicies({
      tableName: 'organizations',
      column: 'id',
      systemMayRead: true,
      loginMayRead: true,
    }),
    {
      name: 'organizations_system_delete',
      command: 'delete',
      roles: [SYSTEM_ROLE],
      using: 'deletion_is_due(id)',
    },
  ],
})
@Filter<typeof Organization>({
  name: TENANT_FILTER,
  default: true,
  args: false,
  cond: () => ({ id: requireOrganization() }),
})
export class Organization extends TimestampedEntity {
  @PrimaryKey({ type: 'uuid' })
  id: string = randomUUIDv7();

  @Property({ type: 'string', length: 255, unique: true })
  name!: string;

  @Property({ type: 'string', length: 100, unique: true })
  slug!: string;

  @Property({ type: 'text', default: '' })
  description: Opt<string> = '';

  @Property({ type: 'string', length: 254 })
  contact_email!: string;

  @Property({ type: 'boolean', default: true })
  is_active: Opt<boolean> = true;
}

registerTenantRoot(Organization);
