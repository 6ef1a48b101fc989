import type { Opt } from '@mikro-orm/core';
import { Index, Property } from '@mikro-orm/decorators/legacy';
import { TenantEntity, TenantRow } from '../../../core/database/index.js';

/** Of an account or, without a user, of the whole organization; done when its time has come and nobody cancelled it. */
@TenantEntity<typeof DeletionRequest>({ tableName: 'deletion_requests', systemMayRead: true })
@Index({
  name: 'deletion_requests_open',
  expression:
    'create unique index "deletion_requests_open" on "deletion_requests" ("organization_id", coalesce("user_id", "organization_id")) where "cancelled_at" is null and "executed_at" is null',
})
export class DeletionRequest extends TenantRow {
  @Property({ type: 'uuid', nullable: true })
  user_id: string | null = null;

  @Property({ type: 'uuid', nullable: true })
  requested_by: string | null = null;

  @Property({ type: 'timestamptz', defaultRaw: 'now()' })
  requested_at: Opt<Date> = new Date();

  @Property({ type: 'timestamptz' })
  execute_after!: Date;

  @Property({ type: 'timestamptz', nullable: true })
  cancelled_at: Date | null = null;

  @Property({ type: 'timestamptz', nullable: true })
  executed_at: Date | null = null;

  /** Rows that were deleted or changed, by table. */
  @Property({ type: 'jsonb', nullable: true })
  counts: Record<string, number> | null = null;
}
