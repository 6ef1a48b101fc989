import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Logger } from '../logging/index.js';
import { JobMetrics } from '../metrics/index.js';
import { BullJobQueue } from './bull-job-queue.js';

/** Hears what Bull says by event only: lost connections and jobs whose worker died. */
@Injectable()
export class QueueEvents implements OnModuleInit {
  constructor(
    private readonly queue: BullJobQueue,
    private readonly logger: Logger,
    private readonly metrics: JobMetrics,
  ) {}

  onModuleInit(): void {
    const names = new Set(this.queue.jobs.map((job) => job.queue));
    for (const name of names) {
      const bull = this.queue.bullQueue(name);
      bull.on('error', (error) =>
        this.logger.write('error', 'the connection to Redis is broken', { queue: name, error }),
      );
      bull.on('stalled', (job) =>
        this.logger.write('warn', 'a job lost its worker and is taken up again', {
          job: job.name,
          job_id: job.id,
        }),
      );
    }
    this.metrics.watchDepth([...names], (name) => this.queue.depth(name));
  }
}
