import { BullModule } from '@nestjs/bull';
import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Config } from '../config/index.js';
import { BullJobQueue } from './bull-job-queue.js';
import type { AnyJobDefinition } from './job-definition.js';
import { JobQueue } from './job-queue.js';
import { JOB_DEFINITIONS, JobRegistry } from './job-registry.js';
import { JobWorker } from './job-worker.js';
import { QueueEvents } from './queue-events.js';

/** How often a job may be found without its worker before it counts as poisonous. */
const MAX_STALLED = 3;

@Module({})
export class QueueModule {
  /**
   * `jobs` of the whole product; each module exports its list and `app.module.ts` joins them. `imports` brings the
   * module that provides the ActiveOrganizations.
   */
  static forRoot(
    jobs: readonly AnyJobDefinition[],
    options: { imports: NonNullable<ModuleMetadata['imports']> },
  ): DynamicModule {
    const queues = [...new Set(jobs.map((job) => job.queue))];
    return {
      module: QueueModule,
      global: true,
      imports: [
        ...options.imports,
        DiscoveryModule,
        BullModule.forRootAsync({
          inject: [Config],
          useFactory: (config: Config) => ({
            redis: config.get('REDIS_URL'),
            prefix: config.get('QUEUE_PREFIX'),
            settings: {
              lockDuration: config.get('QUEUE_LOCK_MS'),
              stalledInterval: config.get('QUEUE_LOCK_MS'),
              maxStalledCount: MAX_STALLED,
            },
          }),
        }),
        ...queues.map((name) => BullModule.registerQueue({ name })),
      ],
      providers: [
        { provide: JOB_DEFINITIONS, useValue: jobs },
        JobRegistry,
        BullJobQueue,
        { provide: JobQueue, useExisting: BullJobQueue },
        JobWorker,
        QueueEvents,
      ],
      exports: [JobQueue, JobWorker],
    };
  }
}
