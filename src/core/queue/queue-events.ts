import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Queue } from 'bull';
import { Logger } from '../logging/index.js';
import { JobMetrics } from '../metrics/index.js';
import { BullJobQueue } from './bull-job-queue.js';

/** Hears what Bull says by event only: lost connections and jobs whose worker died. */
@Injectable()
export class QueueEvents implements OnModuleInit {
  readonly #broken = new Set<Queue>();

  constructor(
    private readonly queue: BullJobQueue,
    private readonly logger: Logger,
    private readonly metrics: JobMetrics,
  ) {}

  onModuleInit(): void {
    const names = new Set(this.queue.jobs.map((job) => job.queue));
    for (const name of names) {
      const bull = this.queue.bullQueue(name);
      this.watchConnection(name, bull);
      bull.on('stalled', (job) =>
        this.logger.write('warn', 'a job lost its worker and is taken up again', {
          job: job.name,
          job_id: job.id,
        }),
      );
    }
    this.metrics.watchDepth([...names], (name) => this.queue.depth(name));
  }

  /** Every retry of every connection is an event; one line when it breaks and one when it is back are enough. */
  private watchConnection(queue: string, bull: Queue): void {
    bull.on('error', (error: Error) => {
      const isConnection = 'syscall' in error;
      if (isConnection && this.#broken.has(bull)) return;
      if (isConnection) this.#broken.add(bull);
      this.logger.write('error', 'a queue has a problem', { queue, error });
    });
    bull.client.on('ready', () => {
      if (this.#broken.delete(bull)) this.logger.write('info', 'Redis is back', { queue });
    });
  }
}
