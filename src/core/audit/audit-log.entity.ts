import type { Opt } from '@mikro-orm/core';
import { Index, Property } from '@mikro-orm/decorators/legacy';
import { TenantEntity, TenantRow } from '../database/index.js';

/** Who changed what, when. Rows are only ever added: grants and a trigger see to it. */
@TenantEntity<typeof AuditLog>({ tableName: 'audit_logs' })
@Index({ name: 'audit_logs_newest', properties: ['organization_id', 'created_at', 'id'] })
@Index({
  name: 'audit_logs_resource',
  properties: ['organization_id', 'resource_type', 'resource_id', 'created_at'],
})
export class AuditLog extends TenantRow {
  /** Null for the system. No foreign key: the entry outlives the user. */
  @Property({ type: 'uuid', nullable: true })
  user_id: string | null = null;

  /** The name at that time. */
  @Property({ type: 'string', length: 150 })
  username!: string;

  /** Verb and noun: `resolve_drift`. */
  @Property({ type: 'string', length: 100 })
  action!: string;

  @Property({ type: 'string', length: 100 })
  resource_type!: string;

  @Property({ type: 'string', length: 255, nullable: true })
  resource_id: string | null = null;

  /** Secrets masked; null where there was nothing before. */
  @Property({ type: 'json', nullable: true })
  old_values: Record<string, unknown> | null = null;

  @Property({ type: 'json', nullable: true })
  new_values: Record<string, unknown> | null = null;

  @Property({ type: 'string', length: 100 })
  correlation_id!: string;

  /** Address of the caller; null for the system. */
  @Property({ type: 'inet', nullable: true })
  ip: string | null = null;

  @Property({ type: 'timestamptz', defaultRaw: 'now()' })
  created_at: Opt<Date> = new Date();
}
