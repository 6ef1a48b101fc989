import type { Ref } from '@mikro-orm/core';
import { Enum, Index, ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import { TenantEntity, TenantOwnedEntity } from '../../core/database/index.js';
import { COVERAGE_STATUSES, type CoverageStatus } from '../../core/providers/index.js';
import { ScanRun } from './scan-run.entity.js';

/** How well one (type, account, region) was read in one scan. */
@TenantEntity({ tableName: 'scan_coverage' })
@Index({ properties: ['organization_id', 'scan', 'resource_type'] })
export class ScanCoverage extends TenantOwnedEntity {
  @ManyToOne({
    entity: () => ScanRun,
    ref: true,
    joinColumns: ['organization_id', 'scan_id'],
    ownColumns: ['scan_id'],
    deleteRule: 'cascade',
    updateRule: 'no action',
  })
  scan!: Ref<ScanRun>;

  @Property({ type: 'text' })
  provider!: string;

  /** Native type; `*` when the whole listing failed before types were known. */
  @Property({ type: 'text' })
  resource_type!: string;

  @Property({ type: 'text', nullable: true })
  account_id: string | null = null;

  @Property({ type: 'text', nullable: true })
  region: string | null = null;

  @Enum({ items: [...COVERAGE_STATUSES] })
  status!: CoverageStatus;

  @Property({ type: 'integer' })
  resources!: number;

  @Property({ type: 'integer' })
  pages!: number;

  @Property({ type: 'text', nullable: true })
  message: string | null = null;
}
