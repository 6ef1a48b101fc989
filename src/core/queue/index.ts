export { ActiveOrganizations } from './active-organizations.js';
export {
  type AnyJobDefinition,
  defineJob,
  type JobDefinition,
  type JobProcessor,
  type JobRun,
} from './job-definition.js';
export { JobQueue, type QueueDepth, type QueuedJob } from './job-queue.js';
export { JobWorker } from './job-worker.js';
export { ProcessesJob } from './processes-job.decorator.js';
export { QueueModule } from './queue.module.js';
