import { randomUUIDv7 } from 'node:crypto';
import type { Opt } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { platformPolicies } from '../../database/index.js';

/** Somebody who runs the installation; no user of any organization. Never deleted, because the events name them. */
@Entity({
  tableName: 'operators',
  rowLevelSecurity: 'force',
  policies: platformPolicies('operators'),
})
export class OperatorAccount {
  @PrimaryKey({ type: 'uuid' })
  id: string = randomUUIDv7();

  @Property({ type: 'string', length: 60 })
  @Unique({ name: 'operators_name' })
  name!: string;

  @Property({ type: 'timestamptz', defaultRaw: 'now()' })
  created_at: Opt<Date> = new Date();

  /** Not null: nothing of this operator opens anything. */
  @Property({ type: 'timestamptz', nullable: true })
  disabled_at: Date | null = null;

  /** SHA-256 of the token. It is random, so a fast hash is enough. */
  @Property({ type: 'string', length: 64, hidden: true })
  @Unique({ name: 'operators_token_hash' })
  token_hash!: string;

  /** The time step of the last code that was taken; that code and older ones are refused. */
  @Property({ type: 'integer', default: 0 })
  last_step: Opt<number> = 0;

  @Property({ type: 'integer' })
  key_version!: number;

  @Property({ type: 'blob' })
  wrapped_key!: Buffer;

  /** The secret shared with an authenticator app, in base32, sealed for `operators/<id>`. */
  @Property({ type: 'blob' })
  sealed!: Buffer;
}
