import type { Opt } from '@mikro-orm/core';
import { Property, Unique } from '@mikro-orm/decorators/legacy';
import { TenantEntity, TenantRow } from '../database/index.js';

/**
 * Everything up to `sequence` was removed because it was old; the chain goes on from `hash`. An entry of the chain says
 * the same, so that an anchor cannot be invented.
 */
@TenantEntity<typeof AuditAnchor>({ tableName: 'audit_anchors', systemMayRead: true })
@Unique({ name: 'audit_anchors_sequence', properties: ['organization_id', 'sequence'] })
export class AuditAnchor extends TenantRow {
  @Property({ type: 'bigint' })
  sequence!: string;

  /** Of the last entry that was removed. */
  @Property({ type: 'string', length: 64 })
  hash!: string;

  /** The entry that says so. */
  @Property({ type: 'uuid' })
  entry_id!: string;

  @Property({ type: 'timestamptz', defaultRaw: 'now()' })
  created_at: Opt<Date> = new Date();
}
