import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { TenantContext } from '../../../core/context/index.js';
import { TenantSql } from '../../../core/database/index.js';
import { DomainError } from '../../../core/errors/index.js';
import { Logger } from '../../../core/logging/index.js';
import type { ScanCounts, ScanProblem } from '../scan-choices.js';
import { scanErrors } from './scan.errors.js';

export interface BegunScan {
  readonly environmentId: string;
  readonly attempt: number;
}

export interface ScanProgress {
  readonly done: number;
  readonly total: number | null;
  readonly label: string;
  /** Null while unknown. */
  readonly etaSeconds: number | null;
  readonly pages: number;
  readonly counts: Partial<ScanCounts>;
}

/** Every step of a scan run between being asked for and being settled, as single statements that are safe to repeat. */
@Injectable()
export class ScanLifecycle {
  constructor(
    private readonly sql: TenantSql,
    private readonly logger: Logger,
  ) {}

  /** Null when there is nothing to do any more: settled by another worker, cancelled, deleted. */
  async begin(context: TenantContext, scanId: string): Promise<BegunScan | null> {
    const [row] = await this.#run<{ environment_id: string; attempts: number }>(
      context,
      `update scan_runs set
         status = 'running', attempts = attempts + 1, started_at = coalesce(started_at, now()), heartbeat_at = now(),
         progress_done = 0, progress_total = null, progress_eta_seconds = null, progress_label = 'Starting', pages = 0, problems = '[]',
         updated_at = now()
       where organization_id = $1 and id = $2 and status in ('queued', 'running')
       returning environment_id, attempts`,
      [context.organizationId, scanId],
    );
    return row === undefined ? null : { environmentId: row.environment_id, attempt: row.attempts };
  }

  /** Also says that the worker is alive. True when somebody wants the scan cancelled, or it is over. */
  async report(context: TenantContext, scanId: string, progress: ScanProgress): Promise<boolean> {
    const [row] = await this.#run<{ stop: boolean }>(
      context,
      `update scan_runs set
         progress_done = $3, progress_total = $4, progress_label = $5, pages = $6, counts = $7, progress_eta_seconds = $8, heartbeat_at = now(),
         updated_at = now()
       where organization_id = $1 and id = $2 and status = 'running'
       returning cancel_requested_at is not null as stop`,
      [
        context.organizationId,
        scanId,
        progress.done,
        progress.total,
        progress.label,
        progress.pages,
        JSON.stringify(progress.counts),
        progress.etaSeconds,
      ],
    );
    return row?.stop ?? true;
  }

  /** The worker hears of it with its next report. */
  async requestCancel(context: TenantContext, scanId: string): Promise<void> {
    await this.#run(
      context,
      `update scan_runs set cancel_requested_at = coalesce(cancel_requested_at, now()), updated_at = now()
       where organization_id = $1 and id = $2 and status in ('queued', 'running')`,
      [context.organizationId, scanId],
    );
  }

  /** Only if somebody asked for it: a scan that another worker took over is left to it. */
  async cancelled(context: TenantContext, scanId: string): Promise<void> {
    await this.#over(context, scanId, 'cancelled', []);
  }

  async fail(context: TenantContext, scanId: string, error: unknown): Promise<void> {
    await this.#over(context, scanId, 'failed', [this.problemOf(error)]);
  }

  /** Gives the scan back to the queue for another attempt; only the attempt that has it can. */
  async release(
    context: TenantContext,
    scanId: string,
    attempt: number,
    error: unknown,
  ): Promise<void> {
    await this.#run(
      context,
      `update scan_runs set
         status = 'queued', heartbeat_at = now(), progress_label = 'Waiting for another attempt', problems = $4,
         updated_at = now()
       where organization_id = $1 and id = $2 and status = 'running' and attempts = $3`,
      [context.organizationId, scanId, attempt, JSON.stringify([this.problemOf(error)])],
    );
  }

  /** A failure in words for the user; what is not an expected failure is only named in the log. */
  problemOf(error: unknown): ScanProblem {
    if (error instanceof DomainError) {
      return { code: error.code, message: error.message, details: error.details };
    }
    const errorId = randomUUID();
    this.logger.write('error', 'a scan failed unexpectedly', { error_id: errorId, error });
    const { code, message, details } = scanErrors.internal(errorId);
    return { code, message, details };
  }

  async #over(
    context: TenantContext,
    scanId: string,
    status: 'cancelled' | 'failed',
    problems: readonly ScanProblem[],
  ): Promise<void> {
    await this.#run(
      context,
      `with over as (
         update scan_runs set
           status = $3, problems = $4, finished_at = now(), heartbeat_at = now(), progress_label = '', progress_eta_seconds = null, updated_at = now()
         where organization_id = $1 and id = $2 and status in ('queued', 'running')
           and ($3 <> 'cancelled' or cancel_requested_at is not null)
         returning environment_id
       )
       insert into outbox_events (organization_id, id, topic, subject_id, payload, correlation_id)
       select $1, gen_random_uuid(), 'scan.finished', $2,
         jsonb_build_object('environment_id', over.environment_id, 'status', $3::text), $5
       from over`,
      [context.organizationId, scanId, status, JSON.stringify(problems), context.correlationId],
    );
  }

  async #run<Row extends object>(
    context: TenantContext,
    sql: string,
    values: readonly unknown[],
  ): Promise<Row[]> {
    return this.sql.transaction(context, async (client) => {
      const { rows } = await client.query<Row>(sql, [...values]);
      return rows;
    });
  }
}
