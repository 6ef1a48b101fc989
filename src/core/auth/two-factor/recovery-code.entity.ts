import type { Opt } from '@mikro-orm/core';
import { Index, Property } from '@mikro-orm/decorators/legacy';
import { TenantEntity, TenantRow } from '../../database/index.js';

/** One of the codes that stand in, once, for a lost authenticator. */
@TenantEntity<typeof RecoveryCode>({ tableName: 'recovery_codes' })
@Index({ name: 'recovery_codes_user', properties: ['organization_id', 'user_id'] })
export class RecoveryCode extends TenantRow {
  @Property({ type: 'uuid' })
  user_id!: string;

  /** SHA-256 of user and code, which is 80 random bits. */
  @Property({ type: 'string', length: 64, hidden: true })
  code_hash!: string;

  @Property({ type: 'timestamptz', defaultRaw: 'now()' })
  created_at: Opt<Date> = new Date();

  @Property({ type: 'timestamptz', nullable: true })
  used_at: Date | null = null;
}
