import type { Opt } from '@mikro-orm/core';
import { Check, Index, Property } from '@mikro-orm/decorators/legacy';
import type { Permission } from '../../context/index.js';
import { TenantEntity, TenantRow } from '../../database/index.js';

/** A bearer token for programs. It may do what its scopes and, at every request, the role of its owner both allow. */
@TenantEntity<typeof ApiKey>({ tableName: 'api_keys' })
@Index({ name: 'api_keys_user', properties: ['organization_id', 'user_id'] })
@Index({
  name: 'api_keys_service_account',
  properties: ['organization_id', 'service_account_id'],
})
@Check({
  name: 'api_keys_one_owner',
  expression: '(user_id is null) <> (service_account_id is null)',
})
export class ApiKey extends TenantRow {
  /** Null for a key of a service account. */
  @Property({ type: 'uuid', nullable: true })
  user_id: string | null = null;

  /** Null for a key of a user. */
  @Property({ type: 'uuid', nullable: true })
  service_account_id: string | null = null;

  @Property({ type: 'string', length: 100 })
  name!: string;

  /** SHA-256 of 256 random bits. */
  @Property({ type: 'string', length: 64, hidden: true })
  secret_hash!: string;

  @Property({ type: 'jsonb' })
  scopes!: Permission[];

  /** The one source of declared state whose calls it is good for; null for all calls of its scopes. */
  @Property({ type: 'uuid', nullable: true })
  source_id: string | null = null;

  /** How the user had logged in who made it: the second factor is asked of those with a password. */
  @Property({ type: 'string', length: 40, nullable: true })
  session_method: string | null = null;

  @Property({ type: 'uuid', nullable: true })
  created_by: string | null = null;

  @Property({ type: 'timestamptz', defaultRaw: 'now()' })
  created_at: Opt<Date> = new Date();

  @Property({ type: 'timestamptz' })
  expires_at!: Date;

  /** To the minute. */
  @Property({ type: 'timestamptz', nullable: true })
  last_used_at: Date | null = null;

  @Property({ type: 'timestamptz', nullable: true })
  revoked_at: Date | null = null;
}
