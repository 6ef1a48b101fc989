import { getQueueToken } from '@nestjs/bull';
import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { JobStatus, Queue } from 'bull';
import type { TenantContext } from '../context/index.js';
import { DomainError } from '../errors/index.js';
import type { JobDefinition } from './job-definition.js';
import { type JobEnvelope, parsePayload, sealEnvelope } from './job-envelope.js';
import { JobQueue, type QueueDepth, type QueuedJob } from './job-queue.js';
import { JobRegistry } from './job-registry.js';

/** How many finally failed jobs a queue keeps for looking at and redriving. */
const KEPT_FAILURES = 10_000;
const REDRIVE_BATCH = 100;
/** Done ones are not kept. */
const KEPT_STATES: JobStatus[] = ['waiting', 'active', 'delayed', 'paused', 'failed'];
/** Without Redis, Bull would wait for it for ever. */
const REDIS_PATIENCE_MS = 5000;

@Injectable()
export class BullJobQueue extends JobQueue {
  constructor(
    private readonly modules: ModuleRef,
    private readonly registry: JobRegistry,
  ) {
    super();
  }

  get jobs() {
    return this.registry.jobs;
  }

  override async enqueue<Payload extends object>(
    context: TenantContext,
    job: JobDefinition<Payload>,
    payload: Payload,
    options: { readonly delayMs?: number } = {},
  ): Promise<QueuedJob> {
    parsePayload(job, payload);
    const dedupeId = job.dedupeId(payload);
    const jobId =
      dedupeId === null ? undefined : `${job.name}/${context.organizationId}/${dedupeId}`;
    try {
      return await inTime(async () => {
        const queue = this.bullQueue(job.queue);
        if (jobId !== undefined && (await this.isWaitingOrRunning(queue, jobId))) {
          return { id: jobId, duplicate: true };
        }
        const added = await queue.add(job.name, sealEnvelope(context, payload), {
          attempts: job.attempts,
          backoff: { type: job.backoff.type, delay: job.backoff.delayMs },
          removeOnComplete: true,
          removeOnFail: KEPT_FAILURES,
          ...(jobId === undefined ? {} : { jobId }),
          ...(options.delayMs === undefined ? {} : { delay: options.delayMs }),
        });
        return { id: String(added.id), duplicate: false };
      });
    } catch (cause) {
      throw new DomainError({
        code: 'QUEUE.UNAVAILABLE',
        kind: 'unavailable',
        logLevel: 'error',
        message: 'The job queue does not answer; try again later.',
        cause,
      });
    }
  }

  override async redrive(queueName: string): Promise<number> {
    const queue = this.bullQueue(queueName);
    let redriven = 0;
    for (;;) {
      const failed = await queue.getFailed(0, REDRIVE_BATCH - 1);
      if (failed.length === 0) return redriven;
      for (const job of failed) await job.retry();
      redriven += failed.length;
    }
  }

  override async renameActor(
    organizationId: string,
    userId: string,
    name: string,
  ): Promise<number> {
    let renamed = 0;
    for (const queueName of new Set(this.registry.jobs.map((job) => job.queue))) {
      const jobs = await this.bullQueue(queueName).getJobs(KEPT_STATES);
      for (const job of jobs) {
        const { organization_id, actor } = job.data;
        if (organization_id !== organizationId || actor.id !== userId) continue;
        await job.update({ ...job.data, actor: { ...actor, name } });
        renamed += 1;
      }
    }
    return renamed;
  }

  override async depth(queueName: string): Promise<QueueDepth> {
    const { waiting, active, delayed, failed } = await this.bullQueue(queueName).getJobCounts();
    return { waiting, active, delayed, failed };
  }

  override async ping(): Promise<void> {
    const [first] = this.registry.jobs;
    if (first !== undefined) await this.bullQueue(first.queue).client.ping();
  }

  bullQueue(name: string): Queue<JobEnvelope> {
    return this.modules.get<Queue<JobEnvelope>>(getQueueToken(name), { strict: false });
  }

  /** A finally failed one makes room for the new request, which would otherwise be swallowed. */
  private async isWaitingOrRunning(queue: Queue<JobEnvelope>, jobId: string): Promise<boolean> {
    const existing = await queue.getJob(jobId);
    if (existing === null) return false;
    if ((await existing.isFailed()) || (await existing.isCompleted())) {
      await existing.remove();
      return false;
    }
    return true;
  }
}

async function inTime<T>(work: () => Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(new Error(`Redis did not answer for ${REDIS_PATIENCE_MS} ms`));
  }, REDIS_PATIENCE_MS);
  try {
    return await Promise.race([work(), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
