import { Index, Property } from '@mikro-orm/decorators/legacy';
import { TenantEntity, TenantRow } from '../database/index.js';
import type { JsonObject } from '../providers/index.js';

/**
 * Something that happened, written in the same transaction as the change itself, so that nobody hears of what was rolled
 * back and nothing that was committed goes unheard. A relay delivers and marks it; receivers must bear hearing it twice.
 */
@TenantEntity({ tableName: 'outbox_events', systemMayRead: true })
@Index({
  name: 'outbox_events_undelivered',
  expression:
    'create index "outbox_events_undelivered" on "outbox_events" ("created_at", "id") where "delivered_at" is null',
})
export class OutboxEvent extends TenantRow {
  /** `drift.opened`, `scan.finished`. */
  @Property({ type: 'text' })
  topic!: string;

  /** What it is about: the id of the drift, the scan. */
  @Property({ type: 'uuid' })
  subject_id!: string;

  /** Ids and facts, no secrets, no states. */
  @Property({ type: 'jsonb' })
  payload!: JsonObject;

  @Property({ type: 'text' })
  correlation_id!: string;

  @Property({ type: 'timestamptz', defaultRaw: 'now()' })
  created_at: Date = new Date();

  @Property({ type: 'timestamptz', nullable: true })
  delivered_at: Date | null = null;
}
