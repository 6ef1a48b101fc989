import type { Opt } from '@mikro-orm/core';
import { Index, Property } from '@mikro-orm/decorators/legacy';
import { TenantEntity, TenantRow } from '../../database/index.js';

/** Why a session is over. */
export type SessionEnd =
  'logout' | 'revoked' | 'password_changed' | 'deactivated' | 'expired' | 'refresh_token_reused';

/** Somebody logged in somewhere. The row is asked at every request: ending it ends everything at once. */
@TenantEntity<typeof Session>({ tableName: 'sessions' })
@Index({ name: 'sessions_user', properties: ['organization_id', 'user_id', 'created_at'] })
export class Session extends TenantRow {
  @Property({ type: 'uuid' })
  user_id!: string;

  /** How the identity was proven: `password`, `password+totp`, `password+recovery_code`, `sso`, `sso+second_factor`. */
  @Property({ type: 'string', length: 40 })
  method!: string;

  /** Of the user when the session began; another one ends it. */
  @Property({ type: 'integer' })
  password_version!: number;

  /** SHA-256 of the part of the refresh token that stays. */
  @Property({ type: 'string', length: 64, hidden: true })
  family_hash!: string;

  /** SHA-256 of the part that changes: of the one token that can be used. */
  @Property({ type: 'string', length: 64, hidden: true })
  refresh_hash!: string;

  /** Of the one before, to tell two tabs at the same moment from a thief. */
  @Property({ type: 'string', length: 64, nullable: true, hidden: true })
  previous_hash: string | null = null;

  @Property({ type: 'timestamptz', defaultRaw: 'now()' })
  created_at: Opt<Date> = new Date();

  @Property({ type: 'timestamptz', defaultRaw: 'now()' })
  rotated_at: Opt<Date> = new Date();

  /** To the minute; the idle time of the organization's `session_timeout` counts from here. */
  @Property({ type: 'timestamptz', defaultRaw: 'now()' })
  last_used_at: Opt<Date> = new Date();

  /** When the second factor was proven last. */
  @Property({ type: 'timestamptz', nullable: true })
  stepped_up_at: Date | null = null;

  /** However much it is used. */
  @Property({ type: 'timestamptz' })
  expires_at!: Date;

  @Property({ type: 'timestamptz', nullable: true })
  ended_at: Date | null = null;

  @Property({ type: 'string', length: 40, nullable: true })
  end_reason: SessionEnd | null = null;

  @Property({ type: 'inet', nullable: true })
  ip: string | null = null;

  /** As the client said, cut to 300 characters. */
  @Property({ type: 'string', length: 300, default: '' })
  user_agent: Opt<string> = '';
}
