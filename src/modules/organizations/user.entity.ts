import type { Opt } from '@mikro-orm/core';
import { Enum, Property, Unique } from '@mikro-orm/decorators/legacy';
import { type Role, ROLES } from '../../core/context/index.js';
import { TenantEntity, TenantOwnedEntity } from '../../core/database/index.js';

@TenantEntity<typeof User>({
  tableName: 'users',
  loginMayRead: true,
})
@Unique({ name: 'users_organization_username', properties: ['organization_id', 'username'] })
export class User extends TenantOwnedEntity {
  @Property({ type: 'string', length: 150 })
  username!: string;

  @Property({ type: 'string', length: 254, default: '' })
  email: Opt<string> = '';

  @Enum({ items: () => [...ROLES], columnType: 'varchar(20)', default: 'viewer' })
  role: Opt<Role> = 'viewer';

  @Property({ type: 'boolean', default: true })
  is_active: Opt<boolean> = true;

  /** argon2id, in its PHC string form. */
  @Property({ type: 'string', length: 255, hidden: true, lazy: true })
  password_hash!: string;

  @Property({ type: 'boolean', default: false })
  must_change_password: Opt<boolean> = false;

  /** Grows with every change of the password; access tokens of an older one are refused. */
  @Property({ type: 'integer', default: 0 })
  password_version: Opt<number> = 0;

  @Property({ type: 'timestamptz', nullable: true })
  last_login: Date | null = null;
}
