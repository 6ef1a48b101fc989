import type { TenantContext } from '../context/index.js';

/** Everything about a kind of job except the work itself. One file per job declares it. */
export interface JobDefinition<Payload extends object> {
  /** `scan-environment`; unique over all queues. */
  readonly name: string;
  readonly queue: string;
  /** A class with class-validator decorators; ids only, a processor reads the rest from the database. */
  readonly payload: new () => Payload;
  /** How often it is tried in all. */
  readonly attempts: number;
  readonly backoff: { readonly type: 'fixed' | 'exponential'; readonly delayMs: number };
  /**
   * While a job with the same id waits or runs, another request for it is the same job. Null for jobs that never
   * coincide. The organization is part of the id by itself.
   */
  readonly dedupeId: (payload: Payload) => string | null;
  /** After this the run counts as failed and `JobRun.signal` is aborted. */
  readonly timeoutMs: number;
  /** Jobs of this kind that one worker process runs at the same time. */
  readonly concurrency: number;
}

export function defineJob<Payload extends object>(
  definition: JobDefinition<Payload>,
): JobDefinition<Payload> {
  return Object.freeze(definition);
}

/** The definition without its payload's type, for lists of all jobs. */
export type AnyJobDefinition = Omit<JobDefinition<object>, 'dedupeId' | 'payload'> & {
  readonly payload: new () => object;
};

export interface JobRun {
  readonly id: string;
  /** 1 for the first. */
  readonly attempt: number;
  readonly isLastAttempt: boolean;
  /** Aborted at the timeout and when the worker shuts down. */
  readonly signal: AbortSignal;
  /** The worker shuts down: what is given back now goes on with the next one, and says nothing about the job. */
  readonly isWorkerStopping: boolean;
  /** Whole percent, for whoever asks the queue. */
  reportProgress(percent: number): Promise<void>;
}

/** Does one kind of job: checks, one service call. Must be safe to run twice. */
export interface JobProcessor<Payload extends object> {
  /** A DomainError of kind `unavailable` or `tooMany`, and every unknown error, is tried again; others are final. */
  process(context: TenantContext, payload: Payload, run: JobRun): Promise<void>;
}
