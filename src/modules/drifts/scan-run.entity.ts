import type { Ref } from '@mikro-orm/core';
import { Enum, Index, ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import { TenantEntity, TenantOwnedEntity } from '../../core/database/index.js';
import type { SourceNotice } from '../../core/providers/index.js';
import { Environment } from '../environments/index.js';
import {
  NO_SCAN_COUNTS,
  type PassedOver,
  SCAN_STATUSES,
  SCAN_TRIGGERS,
  type ScanCounts,
  type ScanProblem,
  type ScanStatus,
  type ScanTrigger,
  type UnusedIgnoreRule,
} from './scan-choices.js';

/** One comparison of an environment's declared and actual side. */
@TenantEntity({ tableName: 'scan_runs', systemMayRead: true })
@Index({ properties: ['organization_id', 'environment', 'id'] })
@Index({
  name: 'scan_runs_one_active_per_environment',
  expression: `create unique index "scan_runs_one_active_per_environment" on "scan_runs" ("organization_id", "environment_id") where "status" in ('queued', 'running')`,
})
export class ScanRun extends TenantOwnedEntity {
  @ManyToOne({
    entity: () => Environment,
    ref: true,
    joinColumns: ['organization_id', 'environment_id'],
    ownColumns: ['environment_id'],
    deleteRule: 'cascade',
    updateRule: 'no action',
  })
  environment!: Ref<Environment>;

  @Enum({ items: [...SCAN_STATUSES], default: 'queued' })
  status: ScanStatus = 'queued';

  @Enum({ items: [...SCAN_TRIGGERS] })
  trigger!: ScanTrigger;

  /** The user who asked for it; null for the system. */
  @Property({ type: 'uuid', nullable: true })
  requested_by: string | null = null;

  /** How often a worker began it; more than one when a worker died. */
  @Property({ type: 'integer', default: 0 })
  attempts = 0;

  @Property({ type: 'integer', default: 0 })
  progress_done = 0;

  /** Null until the number of steps is known. */
  @Property({ type: 'integer', nullable: true })
  progress_total: number | null = null;

  /** Estimated, from the parts done and the time they took; null while unknown. */
  @Property({ type: 'integer', nullable: true })
  progress_eta_seconds: number | null = null;

  @Property({ type: 'text', default: '' })
  progress_label = '';

  @Property({ type: 'integer', default: 0 })
  pages = 0;

  @Property({ type: 'jsonb', defaultRaw: `'{}'` })
  counts: ScanCounts = NO_SCAN_COUNTS;

  /** Share of declared resources whose type, account and region was read completely, 0–1; null until known. */
  @Property({ type: 'decimal', precision: 5, scale: 4, nullable: true })
  coverage_score: string | null = null;

  /** The first hundred remarks of the parsers. */
  @Property({ type: 'jsonb', defaultRaw: `'[]'` })
  notices: SourceNotice[] = [];

  /** What failed; several when some sources could not be read and the others were compared. */
  @Property({ type: 'jsonb', defaultRaw: `'[]'` })
  problems: ScanProblem[] = [];

  /** The hundred most frequent reasons. */
  @Property({ type: 'jsonb', defaultRaw: `'[]'` })
  passed_over: PassedOver[] = [];

  @Property({ type: 'jsonb', defaultRaw: `'[]'` })
  unused_ignore_rules: UnusedIgnoreRule[] = [];

  @Property({ type: 'timestamptz', nullable: true })
  cancel_requested_at: Date | null = null;

  /** The last time a worker said it is still at it. */
  @Property({ type: 'timestamptz', nullable: true })
  heartbeat_at: Date | null = null;

  @Property({ type: 'timestamptz', nullable: true })
  started_at: Date | null = null;

  @Property({ type: 'timestamptz', nullable: true })
  finished_at: Date | null = null;
}
