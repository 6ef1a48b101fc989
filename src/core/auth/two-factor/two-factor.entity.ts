import type { Opt } from '@mikro-orm/core';
import { Property, Unique } from '@mikro-orm/decorators/legacy';
import { TenantEntity, TenantRow } from '../../database/index.js';

/** The second factor of a user: the secret an authenticator app shares with us (TOTP, RFC 6238). */
@TenantEntity<typeof TwoFactor>({ tableName: 'two_factors' })
@Unique({ name: 'two_factors_user', properties: ['organization_id', 'user_id'] })
export class TwoFactor extends TenantRow {
  @Property({ type: 'uuid' })
  user_id!: string;

  @Property({ type: 'timestamptz', defaultRaw: 'now()' })
  created_at: Opt<Date> = new Date();

  /** Null while the first code is awaited; only then it counts. */
  @Property({ type: 'timestamptz', nullable: true })
  confirmed_at: Date | null = null;

  /** The time step of the last code that was taken; that code and older ones are refused. */
  @Property({ type: 'integer', default: 0 })
  last_step: Opt<number> = 0;

  @Property({ type: 'integer' })
  key_version!: number;

  @Property({ type: 'blob' })
  wrapped_key!: Buffer;

  /** The shared secret in base32, sealed for `<organization>/two_factors/<id>`. */
  @Property({ type: 'blob' })
  sealed!: Buffer;
}
