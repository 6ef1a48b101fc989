import { Injectable } from '@nestjs/common';
import { Gauge, Histogram, register } from 'prom-client';
import { TenantMetrics } from './tenant-metrics.js';

interface Depth {
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly failed: number;
}

const SECONDS = [0.05, 0.25, 1, 5, 15, 60, 300, 1800];

@Injectable()
export class JobMetrics {
  readonly #duration = reuse('driftguard_job_duration_seconds', (name) => {
    return new Histogram({
      name,
      help: 'Duration of job runs by job and outcome.',
      labelNames: ['job', 'outcome'],
      buckets: SECONDS,
    });
  });

  constructor(private readonly tenants: TenantMetrics) {}

  /** Call the result with the outcome when the run ends. */
  start(job: string, organizationId: string): (outcome: 'completed' | 'failed') => void {
    const stop = this.#duration.startTimer({ job });
    return (outcome) => {
      stop({ outcome });
      this.tenants.countJob(organizationId, job, outcome);
    };
  }

  /** The depth of the queues, asked at every scrape; workers scale on it. */
  watchDepth(queues: readonly string[], depthOf: (queue: string) => Promise<Depth>): void {
    const name = 'driftguard_queue_jobs';
    register.removeSingleMetric(name);
    new Gauge({
      name,
      help: 'Jobs in a queue by state.',
      labelNames: ['queue', 'state'],
      async collect() {
        for (const queue of queues) {
          for (const [state, count] of Object.entries(await depthOf(queue))) {
            this.set({ queue, state }, count as number);
          }
        }
      },
    });
  }
}

/** prom-client knows one registry per process, an application may be built more than once in it. */
export function reuse<M extends object>(name: string, create: (name: string) => M): M {
  return (register.getSingleMetric(name) as M | undefined) ?? create(name);
}
