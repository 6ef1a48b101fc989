import type { Opt } from '@mikro-orm/core';
import { Index, Property } from '@mikro-orm/decorators/legacy';
import { TenantEntity, TenantRow } from '../database/index.js';

/** A call that has begun. Its end turns it into an entry; one without an end becomes an entry with result `unknown`. */
@TenantEntity<typeof AuditIntent>({ tableName: 'audit_intents', systemMayRead: true })
@Index({ name: 'audit_intents_age', properties: ['created_at'] })
export class AuditIntent extends TenantRow {
  @Property({ type: 'string', length: 20 })
  actor_kind!: string;

  @Property({ type: 'uuid', nullable: true })
  user_id: string | null = null;

  @Property({ type: 'string', length: 100 })
  action!: string;

  @Property({ type: 'string', length: 100 })
  resource_type!: string;

  @Property({ type: 'string', length: 255, nullable: true })
  resource_id: string | null = null;

  @Property({ type: 'string', length: 100 })
  correlation_id!: string;

  /** As in AuditDetails. */
  @Property({ type: 'text' })
  content!: string;

  @Property({ type: 'timestamptz', defaultRaw: 'now()' })
  created_at: Opt<Date> = new Date();
}
