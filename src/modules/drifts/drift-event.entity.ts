import type { Ref } from '@mikro-orm/core';
import { Enum, Index, ManyToOne, Property, Unique } from '@mikro-orm/decorators/legacy';
import { TenantEntity, TenantOwnedEntity } from '../../core/database/index.js';
import type { Attribution, JsonObject } from '../../core/providers/index.js';
import { Environment } from '../environments/index.js';
import {
  DRIFT_TYPES,
  DRIFT_VERDICTS,
  type DriftType,
  type DriftVerdict,
  RESOLUTION_TYPES,
  type ResolutionType,
} from './drift-choices.js';
import { DRIFT_STATUSES, type DriftStatus } from './drift-status.js';

/**
 * One resource that is not as declared. It lives across scans under its fingerprint: found again it persists, gone it is
 * resolved, back it is reopened, never a second row.
 */
@TenantEntity({ tableName: 'drift_events' })
@Unique({ properties: ['organization_id', 'fingerprint'] })
@Index({
  name: 'drift_events_newest_first',
  expression:
    'create index "drift_events_newest_first" on "drift_events" ("organization_id", "detected_at" desc, "id" desc)',
})
@Index({
  name: 'drift_events_environment_newest_first',
  expression:
    'create index "drift_events_environment_newest_first" on "drift_events" ("organization_id", "environment_id", "detected_at" desc, "id" desc)',
})
@Index({
  name: 'drift_events_open_newest_first',
  expression: `create index "drift_events_open_newest_first" on "drift_events" ("organization_id", "detected_at" desc, "id" desc) where "status" <> 'resolved'`,
})
@Index({
  name: 'drift_events_environment_open',
  expression: `create index "drift_events_environment_open" on "drift_events" ("organization_id", "environment_id", "detected_at" desc, "id" desc) where "status" <> 'resolved'`,
})
@Index({ properties: ['organization_id', 'resolved_at'] })
export class DriftEvent extends TenantOwnedEntity {
  @ManyToOne({
    entity: () => Environment,
    ref: true,
    joinColumns: ['organization_id', 'environment_id'],
    ownColumns: ['environment_id'],
    deleteRule: 'cascade',
    updateRule: 'no action',
  })
  environment!: Ref<Environment>;

  /** The declared resource; it may be gone, so readers join it and this row keeps what names it. */
  @Property({ type: 'uuid', nullable: true })
  iac_resource_id: string | null = null;

  @Property({ type: 'uuid', nullable: true })
  source_id: string | null = null;

  /** See `driftFingerprint`. */
  @Property({ type: 'text' })
  fingerprint!: string;

  @Enum({ items: [...DRIFT_TYPES] })
  drift_type!: DriftType;

  @Enum({ items: [...DRIFT_STATUSES] })
  status!: DriftStatus;

  @Enum({ items: [...DRIFT_VERDICTS] })
  verdict!: DriftVerdict;

  @Property({ type: 'text' })
  provider!: string;

  /** Declared type; the native one for a resource nobody declared. */
  @Property({ type: 'text' })
  resource_type!: string;

  /** Native type, as coverage counts it; null where no lens names one. */
  @Property({ type: 'text', nullable: true })
  native_type: string | null = null;

  @Property({ type: 'text', nullable: true })
  resource_id: string | null = null;

  /** Null for a resource nobody declared. */
  @Property({ type: 'text', nullable: true })
  resource_address: string | null = null;

  @Property({ type: 'text', nullable: true })
  account_id: string | null = null;

  @Property({ type: 'text', nullable: true })
  region: string | null = null;

  @Property({ type: 'text', nullable: true })
  namespace: string | null = null;

  /** Live state, secrets masked; null when the resource does not exist. */
  @Property({ type: 'json', columnType: 'json', nullable: true, lazy: true })
  actual_state: JsonObject | null = null;

  /** Declared state, secrets masked; null when nobody declared it. */
  @Property({ type: 'json', columnType: 'json', nullable: true, lazy: true })
  declared_state: JsonObject | null = null;

  /** Hash of the differences; decides whether an accepted drift is still the one that was accepted. */
  @Property({ type: 'text' })
  differences_hash!: string;

  @Property({ type: 'boolean', default: false })
  is_security_critical = false;

  /** When it was opened, or opened again. */
  @Property({ type: 'timestamptz' })
  detected_at!: Date;

  @Property({ type: 'timestamptz' })
  first_seen_at!: Date;

  @Property({ type: 'timestamptz' })
  last_seen_at!: Date;

  @Property({ type: 'uuid' })
  first_scan_id!: string;

  @Property({ type: 'uuid' })
  last_scan_id!: string;

  /** Scans that saw it. */
  @Property({ type: 'integer', default: 1 })
  seen_count = 1;

  @Property({ type: 'integer', default: 0 })
  reopened_count = 0;

  @Property({ type: 'timestamptz', nullable: true })
  resolved_at: Date | null = null;

  /** Null while open, and when a scan found it gone. */
  @Enum({ items: [...RESOLUTION_TYPES], nullable: true })
  resolution_type: ResolutionType | null = null;

  @Property({ type: 'uuid', nullable: true })
  resolved_by: string | null = null;

  @Property({ type: 'uuid', nullable: true })
  resolved_by_scan_id: string | null = null;

  @Property({ type: 'text', nullable: true })
  resolution_comment: string | null = null;

  /** 0–1. */
  @Property({ type: 'decimal', precision: 3, scale: 2, nullable: true })
  severity_score: string | null = null;

  /** 0–1. */
  @Property({ type: 'decimal', precision: 3, scale: 2, nullable: true })
  confidence_score: string | null = null;

  @Property({ type: 'jsonb', defaultRaw: `'{}'` })
  risk_assessment: JsonObject = {};

  @Property({ type: 'jsonb', defaultRaw: `'{}'` })
  tags: JsonObject = {};

  @Property({ type: 'jsonb', defaultRaw: `'{}'` })
  metadata: JsonObject = {};

  /** Who most likely made the change; null while nobody knows. */
  @Property({ type: 'jsonb', nullable: true })
  attribution: Attribution | null = null;
}
