import type { TenantContext } from '../../../core/context/index.js';
import { DomainError } from '../../../core/errors/index.js';
import { Logger } from '../../../core/logging/index.js';
import {
  JobQueue,
  type JobProcessor,
  type JobRun,
  ProcessesJob,
} from '../../../core/queue/index.js';
import { ScanCheckpoints } from '../scans/checkpoints/scan-checkpoints.js';
import { ProgressReporter, ScanStopped } from '../scans/progress-reporter.js';
import { RunScanService } from '../scans/run-scan.service.js';
import { ScanLifecycle } from '../scans/scan-lifecycle.js';
import { attributeDriftsJob } from './attribute-drifts.job.js';
import { scanEnvironmentJob, type ScanEnvironmentPayload } from './scan-environment.job.js';

/** Runs one scan and writes down how it ended. Safe to run twice: only one run can settle a scan. */
@ProcessesJob(scanEnvironmentJob)
export class ScanEnvironmentProcessor implements JobProcessor<ScanEnvironmentPayload> {
  constructor(
    private readonly lifecycle: ScanLifecycle,
    private readonly scan: RunScanService,
    private readonly checkpoints: ScanCheckpoints,
    private readonly queue: JobQueue,
    private readonly logger: Logger,
  ) {}

  async process(
    context: TenantContext,
    { scan_id: scanId }: ScanEnvironmentPayload,
    run: JobRun,
  ): Promise<void> {
    const begun = await this.lifecycle.begin(context, scanId);
    if (begun === null) return;
    const progress = new ProgressReporter(
      (now) => this.lifecycle.report(context, scanId, now),
      this.logger,
    );
    const signal = AbortSignal.any([run.signal, progress.signal]);
    try {
      const { environmentId } = begun;
      await this.scan.run(context, { scanId, environmentId, progress, signal });
      await progress.close();
      await this.askWho(context, scanId);
    } catch (error) {
      await progress.close();
      if (progress.signal.aborted || error instanceof ScanStopped) {
        await this.lifecycle.cancelled(context, scanId);
        return;
      }
      if (run.isWorkerStopping) {
        await this.lifecycle.release(context, scanId, begun.attempt, run.signal.reason);
      } else if (run.isLastAttempt || !isPassing(error)) {
        await this.lifecycle.fail(context, scanId, error);
      } else {
        await this.lifecycle.release(context, scanId, begun.attempt, error);
      }
      throw error;
    } finally {
      // A worker that is told to stop has no time, and the next one needs what was kept.
      if (!run.signal.aborted) await this.checkpoints.forget(context, scanId);
    }
  }

  /** The scan is settled: what cannot be asked now leaves it as it is. */
  private async askWho(context: TenantContext, scanId: string): Promise<void> {
    try {
      await this.queue.enqueue(context, attributeDriftsJob, { scan_id: scanId, late: false });
    } catch (error) {
      this.logger.write('warn', 'who made the drifts of a scan will not be asked', { error });
    }
  }
}

/** What another attempt may change; the queue decides by the same rule. */
function isPassing(error: unknown): boolean {
  return (
    !(error instanceof DomainError) || error.kind === 'unavailable' || error.kind === 'tooMany'
  );
}
