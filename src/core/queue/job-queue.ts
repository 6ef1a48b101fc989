import type { TenantContext } from '../context/index.js';
import type { AnyJobDefinition, JobDefinition } from './job-definition.js';

export interface QueuedJob {
  readonly id: string;
  /** True when the same job was already waiting or running. */
  readonly duplicate: boolean;
}

export interface QueueDepth {
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly failed: number;
}

/** Where work goes that a request does not wait for. Never call it inside a database transaction. */
export abstract class JobQueue {
  /**
   * @throws DomainError `JOB.PAYLOAD_INVALID`, or `QUEUE.UNAVAILABLE` when Redis does not answer within seconds; it may
   * then still take the job when it comes back, which is harmless: every job is safe to run twice.
   */
  abstract enqueue<Payload extends object>(
    context: TenantContext,
    job: JobDefinition<Payload>,
    payload: Payload,
    options?: { readonly delayMs?: number },
  ): Promise<QueuedJob>;

  /** Puts every finally failed job of the queue back into it. Answers how many. */
  abstract redrive(queue: string): Promise<number>;

  /**
   * Gives an actor another name in every job that waits or failed, of one organization. Answers in how many; jobs carry
   * ids otherwise, so this is all that names a person in a queue.
   */
  abstract renameActor(organizationId: string, userId: string, name: string): Promise<number>;

  abstract depth(queue: string): Promise<QueueDepth>;

  /** @throws Error when Redis does not answer. */
  abstract ping(): Promise<void>;

  abstract readonly jobs: readonly AnyJobDefinition[];
}
