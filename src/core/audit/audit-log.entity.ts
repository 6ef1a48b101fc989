import type { Opt } from '@mikro-orm/core';
import { Index, Property } from '@mikro-orm/decorators/legacy';
import { monthly, TenantEntity, TenantRow } from '../database/index.js';

/**
 * `succeeded`; `refused`: the caller was told no; `failed`: we were at fault; `unknown`: the process ended between the
 * call and its end, so nobody can say.
 */
export const AUDIT_RESULTS = ['succeeded', 'refused', 'failed', 'unknown'] as const;
export type AuditResult = (typeof AUDIT_RESULTS)[number];

/**
 * Who did what, when, with what result. Rows are only ever added: grants and triggers see to it, and every row's hash
 * covers the row before. Nothing in here names a person; see AuditDetails.
 */
@TenantEntity<typeof AuditLog>({
  tableName: 'audit_logs',
  systemMayRead: true,
  systemMayDelete: true,
  partitionBy: monthly('audit_logs'),
})
@Index({ name: 'audit_logs_sequence', properties: ['organization_id', 'sequence'] })
@Index({ name: 'audit_logs_newest', properties: ['organization_id', 'created_at', 'id'] })
@Index({
  name: 'audit_logs_resource',
  properties: ['organization_id', 'resource_type', 'resource_id', 'created_at'],
})
export class AuditLog extends TenantRow {
  /** 1, 2, 3… in each organization; the database gives it, one after another. */
  @Property({ type: 'bigint' })
  sequence!: Opt<string>;

  /** `user`, `service_account` or `system`. */
  @Property({ type: 'string', length: 20 })
  actor_kind!: string;

  /** Null for the system. No foreign key: the entry outlives the user. */
  @Property({ type: 'uuid', nullable: true })
  user_id: string | null = null;

  /** Verb and noun: `resolve_drift`. */
  @Property({ type: 'string', length: 100 })
  action!: string;

  @Property({ type: 'string', length: 100 })
  resource_type!: string;

  @Property({ type: 'string', length: 255, nullable: true })
  resource_id: string | null = null;

  @Property({ type: 'string', length: 20 })
  result!: AuditResult;

  /** The error code of what did not succeed. */
  @Property({ type: 'string', length: 100, nullable: true })
  code: string | null = null;

  @Property({ type: 'string', length: 100 })
  correlation_id!: string;

  /** SHA-256 of the salt and content of the details. */
  @Property({ type: 'string', length: 64 })
  details_digest!: string;

  /** Hash of the entry before; zeros for the first. */
  @Property({ type: 'string', length: 64 })
  previous_hash!: Opt<string>;

  @Property({ type: 'string', length: 64 })
  hash!: Opt<string>;

  @Property({ type: 'timestamptz', defaultRaw: 'now()' })
  created_at: Opt<Date> = new Date();
}
