import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createSystemContext } from '../../../core/context/index.js';
import { SystemSql, TenantScope } from '../../../core/database/index.js';
import { Logger } from '../../../core/logging/index.js';
import { JobQueue } from '../../../core/queue/index.js';
import { scanEnvironmentJob } from '../jobs/scan-environment.job.js';
import { ScanCheckpoints } from './checkpoints/scan-checkpoints.js';
import { ScanLifecycle } from './scan-lifecycle.js';
import { scanErrors } from './scan.errors.js';

const LOOK_EVERY_MS = 60_000;
/** A worker reports every second; queues notice a dead one within half a minute. */
const SILENT_SECONDS = 180;
/** Scans that kill their worker again and again would otherwise keep all of them busy for ever. */
const MAX_ATTEMPTS = 6;

interface LostScan {
  readonly organization_id: string;
  readonly id: string;
  readonly attempts: number;
  readonly is_active: boolean;
}

/**
 * Finds scans that nobody works on: the process died between writing the scan and queueing its job, or the queue lost or gave
 * up the job. They are queued again, or failed: after too many attempts, and where the organization was deactivated.
 * Safe to run in several workers at once.
 */
@Injectable()
export class LostScans implements OnApplicationShutdown {
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly sql: SystemSql,
    private readonly scope: TenantScope,
    private readonly queue: JobQueue,
    private readonly lifecycle: ScanLifecycle,
    private readonly checkpoints: ScanCheckpoints,
    private readonly logger: Logger,
  ) {}

  /** Called by the worker process only. */
  watch(): void {
    const look = (): void => {
      this.recover(SILENT_SECONDS)
        .then(() => this.checkpoints.sweep())
        .catch((error: unknown) =>
          this.logger.write('error', 'looking for lost scans failed', { error }),
        );
    };
    look();
    this.#timer = setInterval(look, LOOK_EVERY_MS);
  }

  /** Answers how many scans were taken care of. */
  async recover(silentSeconds: number): Promise<number> {
    const lost = await this.sql.query<LostScan>(
      `select s.organization_id, s.id, s.attempts, o.is_active
       from scan_runs s join organizations o on o.id = s.organization_id
       where s.status in ('queued', 'running')
         and coalesce(s.heartbeat_at, s.created_at) < now() - make_interval(secs => $1)
       order by s.created_at limit 1000`,
      [silentSeconds],
    );
    for (const scan of lost) await this.#takeCare(scan);
    return lost.length;
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  async #takeCare({ organization_id, id, attempts, is_active }: LostScan): Promise<void> {
    const context = createSystemContext(organization_id, 'lost scans');
    await this.scope.run(context, async () => {
      // Its job is not done for an organization that is not active: nobody would ever take it up again.
      if (!is_active) {
        await this.lifecycle.fail(context, id, scanErrors.organizationInactive());
        return;
      }
      if (attempts >= MAX_ATTEMPTS) {
        await this.lifecycle.fail(context, id, scanErrors.abandoned(attempts));
        return;
      }
      // The queue knows the job by the scan's id: one that is only slow is not doubled.
      const job = await this.queue.enqueue(context, scanEnvironmentJob, { scan_id: id });
      if (!job.duplicate)
        this.logger.write('warn', 'a lost scan was queued again', { scan_id: id });
    });
  }
}
