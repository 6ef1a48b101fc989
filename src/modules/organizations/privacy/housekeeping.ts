import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { AuditRetention, LostCalls } from '../../../core/audit/index.js';
import { createSystemContext } from '../../../core/context/index.js';
import { SystemSql, TenantScope } from '../../../core/database/index.js';
import { Logger } from '../../../core/logging/index.js';
import { DeletionService } from './deletion.service.js';
import { type RetentionDays, RetentionService } from './retention.service.js';

const LOOK_EVERY_MS = 10 * 60_000;
const RETENTION_EVERY_MS = 24 * 3_600_000;

export interface RetentionReport {
  readonly organization: string;
  readonly counts: RetentionDays;
}

/**
 * What is due by the clock: calls that never ended, deletions, data that is too old. Every part is safe to run in several
 * workers at once.
 */
@Injectable()
export class Housekeeping implements OnApplicationShutdown {
  readonly #timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly system: SystemSql,
    private readonly scope: TenantScope,
    private readonly lostCalls: LostCalls,
    private readonly deletions: DeletionService,
    private readonly retention: RetentionService,
    private readonly auditRetention: AuditRetention,
    private readonly logger: Logger,
  ) {}

  /** Called by the worker process only. */
  watch(): void {
    this.#every(LOOK_EVERY_MS, 'looking for lost calls', () => this.lostCalls.settle());
    this.#every(LOOK_EVERY_MS, 'the due deletions', () => this.deletions.runDue());
    this.#every(RETENTION_EVERY_MS, 'making room in the audit log', () =>
      this.auditRetention.prepareMonths(),
    );
    this.#every(RETENTION_EVERY_MS, 'the removal of old data', () => this.runRetention(false));
  }

  /** Every organization by its own policy. One that fails does not stop the others. */
  async runRetention(dryRun: boolean, only: string | null = null): Promise<RetentionReport[]> {
    const organizations = await this.system.query<{ id: string; slug: string }>(
      'select id, slug from organizations where $1::text is null or slug = $1 order by id',
      [only],
    );
    const reports: RetentionReport[] = [];
    for (const { id, slug } of organizations) {
      const context = createSystemContext(id, 'retention');
      try {
        const counts = await this.scope.run(context, () => this.retention.run(context, dryRun));
        reports.push({ organization: slug, counts });
        this.logger.write('info', 'old data was removed', {
          organization_id: id,
          counts,
          dry_run: dryRun,
        });
      } catch (error) {
        this.logger.write('error', 'old data was not removed', { organization_id: id, error });
      }
    }
    if (!dryRun) await this.#removeAuditEntries(organizations);
    return reports;
  }

  /** Whole months first: dropping a part costs the same however many entries are in it. */
  async #removeAuditEntries(organizations: readonly { readonly id: string }[]): Promise<void> {
    for (const { month, entries } of await this.auditRetention.dropPastMonths()) {
      this.logger.write('info', 'a month of the audit log was dropped', { month, entries });
    }
    for (const { id } of organizations) await this.auditRetention.sweep(id);
  }

  onApplicationShutdown(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }

  #every(milliseconds: number, name: string, work: () => Promise<unknown>): void {
    const run = (): void => {
      work().catch((error: unknown) => this.logger.write('error', `${name} failed`, { error }));
    };
    run();
    this.#timers.push(setInterval(run, milliseconds));
  }
}
