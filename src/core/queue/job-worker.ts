import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Job } from 'bull';
import { TenantScope } from '../database/index.js';
import { DomainError } from '../errors/index.js';
import { Logger } from '../logging/index.js';
import { JobMetrics } from '../metrics/index.js';
import { BullJobQueue } from './bull-job-queue.js';
import type { AnyJobDefinition, JobProcessor, JobRun } from './job-definition.js';
import { contextOf, type JobEnvelope, parsePayload } from './job-envelope.js';
import { JobRegistry } from './job-registry.js';

/** Takes jobs from the queues. Only the worker process starts it. */
@Injectable()
export class JobWorker implements OnApplicationShutdown {
  readonly #stopping = new AbortController();
  #started = false;

  constructor(
    private readonly queue: BullJobQueue,
    private readonly registry: JobRegistry,
    private readonly scope: TenantScope,
    private readonly logger: Logger,
    private readonly metrics: JobMetrics,
  ) {}

  start(): void {
    if (this.#started) throw new Error('the worker is already running');
    this.#started = true;
    for (const job of this.registry.jobs) {
      const processor = this.registry.processorOf(job);
      this.consume(job, processor);
    }
  }

  /** Running jobs are told to stop; Bull then waits for them when Nest closes its queues. */
  onApplicationShutdown(): void {
    this.#stopping.abort(new Error('the worker is shutting down'));
  }

  private consume(job: AnyJobDefinition, processor: JobProcessor<object>): void {
    const queue = this.queue.bullQueue(job.queue);
    const running = queue.process(job.name, job.concurrency, (bullJob: Job<JobEnvelope>) =>
      this.run(job, processor, bullJob),
    );
    // Settles only when the queue is closed or Redis cannot be reached at all.
    running.catch((error: unknown) => {
      if (!this.#stopping.signal.aborted) this.logger.write('error', 'a queue stopped', { error });
    });
  }

  private async run(
    job: AnyJobDefinition,
    processor: JobProcessor<object>,
    bullJob: Job<JobEnvelope>,
  ): Promise<void> {
    const context = contextOf(bullJob.data);
    const finish = this.metrics.start(job.name);
    await this.scope.run(context, async () => {
      const run = jobRun(job, bullJob, this.#stopping.signal);
      const fields = { job: job.name, job_id: run.id, attempt: run.attempt };
      try {
        const payload = parsePayload(job, bullJob.data.payload);
        await beforeAbort(run.signal, job, processor.process(context, payload, run));
        finish('completed');
        this.logger.write('info', 'job done', fields);
      } catch (error) {
        finish('failed');
        const final = isFinal(error);
        if (final) await bullJob.discard();
        this.logger.write(final || run.isLastAttempt ? 'error' : 'warn', 'job failed', {
          ...fields,
          final: final || run.isLastAttempt,
          error,
        });
        throw error;
      }
    });
  }
}

function jobRun(job: AnyJobDefinition, bullJob: Job<JobEnvelope>, stopping: AbortSignal): JobRun {
  const attempt = bullJob.attemptsMade + 1;
  return {
    id: String(bullJob.id),
    attempt,
    isLastAttempt: attempt >= job.attempts,
    signal: AbortSignal.any([AbortSignal.timeout(job.timeoutMs), stopping]),
    reportProgress: (percent) => bullJob.progress(Math.round(percent)),
  };
}

/** Fails at the abort even when the processor does not listen to its signal. */
async function beforeAbort(
  signal: AbortSignal,
  job: AnyJobDefinition,
  work: Promise<void>,
): Promise<void> {
  const aborted = Promise.withResolvers<never>();
  const onAbort = (): void =>
    aborted.reject(
      new DomainError({
        code: 'JOB.ABORTED',
        kind: 'unavailable',
        logLevel: 'warn',
        message: `Job ${job.name} was stopped: timeout of ${job.timeoutMs} ms or shutdown.`,
        cause: signal.reason,
      }),
    );
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** What another attempt cannot change. */
function isFinal(error: unknown): boolean {
  return error instanceof DomainError && error.kind !== 'unavailable' && error.kind !== 'tooMany';
}
