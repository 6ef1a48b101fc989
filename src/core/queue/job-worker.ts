import { setTimeout as sleep } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import type { Job } from 'bull';
import type { TenantContext } from '../context/index.js';
import { TenantScope } from '../database/index.js';
import { DomainError } from '../errors/index.js';
import { Logger } from '../logging/index.js';
import { JobMetrics } from '../metrics/index.js';
import { ActiveOrganizations } from './active-organizations.js';
import { BullJobQueue } from './bull-job-queue.js';
import type { AnyJobDefinition, JobProcessor, JobRun } from './job-definition.js';
import { contextOf, type JobEnvelope, parsePayload } from './job-envelope.js';
import { JobRegistry } from './job-registry.js';

/** How long running jobs may take to put down their work once they are told to stop. */
const GRACE_MS = 10_000;
/** How soon a running job hears that its organization was deactivated. */
const STANDING_CHECK_MS = 5000;

/** Takes jobs from the queues. Only the worker process starts it. */
@Injectable()
export class JobWorker implements BeforeApplicationShutdown {
  readonly #stopping = new AbortController();
  readonly #work = new Set<Promise<void>>();
  #started = false;

  constructor(
    private readonly queue: BullJobQueue,
    private readonly registry: JobRegistry,
    private readonly organizations: ActiveOrganizations,
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

  /**
   * Takes no more jobs, tells the running ones to stop and waits until they have. Before anything they need is closed:
   * Nest closes queues and connection pools one after the other, and Bull would wait for jobs nobody told.
   */
  async beforeApplicationShutdown(): Promise<void> {
    if (!this.#started) return;
    const queues = new Set(this.registry.jobs.map((job) => job.queue));
    await Promise.all([...queues].map((name) => this.queue.bullQueue(name).pause(true, true)));
    this.#stopping.abort(workerStopping());
    const stopped = Promise.allSettled(this.#work);
    await Promise.race([stopped, sleep(GRACE_MS, undefined, { ref: false })]);
  }

  /** For the shutdown to wait for; how it ends is the run's business. */
  #note(work: Promise<void>): void {
    const noted: Promise<void> = work
      .catch(() => undefined)
      .finally(() => {
        this.#work.delete(noted);
      });
    this.#work.add(noted);
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
    const finish = this.metrics.start(job.name, context.organizationId);
    await this.scope.run(context, async () => {
      const deactivated = new AbortController();
      const stop = AbortSignal.any([this.#stopping.signal, deactivated.signal]);
      const run = jobRun(job, bullJob, stop, this.#stopping.signal);
      const fields = { job: job.name, job_id: run.id, attempt: run.attempt };
      let watch: NodeJS.Timeout | undefined;
      try {
        await this.assertActive(context);
        watch = this.watchStanding(context, deactivated);
        const payload = parsePayload(job, bullJob.data.payload);
        const work = processor.process(context, payload, run);
        this.#note(work);
        await beforeAbort(run.signal, job, work);
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
        throw keptFailure(error);
      } finally {
        clearInterval(watch);
      }
    });
  }

  private async assertActive(context: TenantContext): Promise<void> {
    if (!(await this.organizations.isActive(context.organizationId))) {
      throw organizationInactive();
    }
  }

  /** A scan may run for hours: it must not outlive the organization it is for. */
  private watchStanding(context: TenantContext, deactivated: AbortController): NodeJS.Timeout {
    return setInterval(() => {
      this.assertActive(context).catch((error: unknown) => {
        if (error instanceof DomainError && error.kind === 'forbidden') deactivated.abort(error);
        else this.logger.write('warn', 'the standing of an organization is unknown', { error });
      });
    }, STANDING_CHECK_MS);
  }
}

/** Final: the job is kept as failed and can be redriven when the organization is active again. */
function organizationInactive(): DomainError {
  return new DomainError({
    code: 'JOB.ORGANIZATION_INACTIVE',
    kind: 'forbidden',
    logLevel: 'warn',
    message: 'The organization is not active: its jobs do not run.',
  });
}

function workerStopping(): DomainError {
  return new DomainError({
    code: 'JOB.WORKER_STOPPING',
    kind: 'unavailable',
    logLevel: 'warn',
    message: 'The worker is shutting down; another one goes on with the job.',
  });
}

function jobRun(
  job: AnyJobDefinition,
  bullJob: Job<JobEnvelope>,
  stop: AbortSignal,
  workerStop: AbortSignal,
): JobRun {
  const attempt = bullJob.attemptsMade + 1;
  return {
    id: String(bullJob.id),
    attempt,
    isLastAttempt: attempt >= job.attempts,
    signal: AbortSignal.any([AbortSignal.timeout(job.timeoutMs), stop]),
    get isWorkerStopping() {
      return workerStop.aborted;
    },
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
      signal.reason instanceof DomainError
        ? signal.reason
        : new DomainError({
            code: 'JOB.ABORTED',
            kind: 'unavailable',
            logLevel: 'warn',
            message: `Job ${job.name} was stopped after ${job.timeoutMs} ms.`,
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

/** What the queue keeps of a failure: its code, and where it was. What was said may be a tenant's; it is in the log, which masks. */
function keptFailure(error: unknown): Error {
  const kept = new Error(error instanceof DomainError ? error.code : 'INTERNAL');
  const frames = (error instanceof Error ? (error.stack ?? '') : '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line));
  kept.stack = [kept.message, ...frames].join('\n');
  return kept;
}

/** What another attempt cannot change. */
function isFinal(error: unknown): boolean {
  return error instanceof DomainError && error.kind !== 'unavailable' && error.kind !== 'tooMany';
}
