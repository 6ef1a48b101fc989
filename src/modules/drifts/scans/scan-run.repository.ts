import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import type { TenantContext } from '../../../core/context/index.js';
import { TenantRepository, TenantSql } from '../../../core/database/index.js';
import type { CoverageStatus, SourceNotice } from '../../../core/providers/index.js';
import type {
  PassedOver,
  ScanCounts,
  ScanProblem,
  ScanStatus,
  ScanTrigger,
  UnusedIgnoreRule,
} from '../scan-choices.js';
import { ScanRun } from '../scan-run.entity.js';

/** One line of the list, as the database answers it. */
export interface ScanRow {
  readonly id: string;
  readonly environment_id: string;
  readonly environment_name: string;
  readonly status: ScanStatus;
  readonly trigger: ScanTrigger;
  readonly requested_by: string | null;
  readonly attempts: number;
  readonly progress_done: number;
  readonly progress_total: number | null;
  readonly progress_eta_seconds: number | null;
  readonly progress_label: string;
  readonly pages: number;
  readonly counts: Partial<ScanCounts>;
  readonly coverage_score: string | null;
  readonly problems: ScanProblem[];
  readonly cancel_requested_at: Date | null;
  readonly created_at: Date;
  readonly started_at: Date | null;
  readonly finished_at: Date | null;
}

export interface ScanDetailRow extends ScanRow {
  readonly notices: SourceNotice[];
  readonly passed_over: PassedOver[];
  readonly unused_ignore_rules: UnusedIgnoreRule[];
}

export interface CoverageRow {
  readonly provider: string;
  readonly resource_type: string;
  readonly account_id: string | null;
  readonly region: string | null;
  readonly status: CoverageStatus;
  readonly resources: number;
  readonly pages: number;
  readonly message: string | null;
}

const COLUMNS = `s.id, s.environment_id, e.name as environment_name, s.status, s.trigger, s.requested_by, s.attempts,
  s.progress_done, s.progress_total, s.progress_eta_seconds, s.progress_label, s.pages, s.counts, s.coverage_score, s.problems,
  s.cancel_requested_at, s.created_at, s.started_at, s.finished_at`;
const FROM = `from scan_runs s
  join environments e on e.organization_id = s.organization_id and e.id = s.environment_id`;

@Injectable()
export class ScanRunRepository extends TenantRepository<ScanRun> {
  constructor(
    em: EntityManager,
    private readonly sql: TenantSql,
  ) {
    super(em, ScanRun, 'SCAN');
  }

  /** Newest first. */
  list(
    context: TenantContext,
    filter: {
      readonly environmentId: string;
      readonly beforeId: string | null;
      readonly limit: number;
    },
  ): Promise<ScanRow[]> {
    return this.sql.read<ScanRow>(
      context,
      `select ${COLUMNS} ${FROM}
       where s.organization_id = $1 and s.environment_id = $2 and ($3::uuid is null or s.id < $3)
       order by s.id desc
       limit $4`,
      [context.organizationId, filter.environmentId, filter.beforeId, filter.limit],
    );
  }

  /** @throws DomainError notFound */
  async getRow(context: TenantContext, id: string): Promise<ScanDetailRow> {
    await this.getById(context, id);
    const [row] = await this.sql.read<ScanDetailRow>(
      context,
      `select ${COLUMNS}, s.notices, s.passed_over, s.unused_ignore_rules ${FROM}
       where s.organization_id = $1 and s.id = $2`,
      [context.organizationId, id],
    );
    if (row === undefined) throw this.notFound();
    return row;
  }

  /** What could not be read completely first. */
  coverage(context: TenantContext, scanId: string): Promise<CoverageRow[]> {
    return this.sql.read<CoverageRow>(
      context,
      `select provider, resource_type, account_id, region, status, resources, pages, message
       from scan_coverage
       where organization_id = $1 and scan_id = $2
       order by status = 'complete', resource_type, account_id, region`,
      [context.organizationId, scanId],
    );
  }

  /** The scan that occupies an environment. */
  async findActive(context: TenantContext, environmentId: string): Promise<{ id: string } | null> {
    const [row] = await this.sql.read<{ id: string }>(
      context,
      `select id from scan_runs
       where organization_id = $1 and environment_id = $2 and status in ('queued', 'running')`,
      [context.organizationId, environmentId],
    );
    return row ?? null;
  }
}
