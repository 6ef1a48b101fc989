import { IsUUID } from 'class-validator';
import { defineJob } from '../../../core/queue/index.js';

export class ScanEnvironmentPayload {
  @IsUUID()
  scan_id!: string;
}

const MINUTE_MS = 60_000;

/** One scan. A worker that dies leaves it to the next one; settling makes sure that nothing happens twice. */
export const scanEnvironmentJob = defineJob({
  name: 'scan-environment',
  queue: 'scans',
  payload: ScanEnvironmentPayload,
  attempts: 3,
  backoff: { type: 'exponential', delayMs: 5000 },
  // One scan at a time per environment is the database's rule; the job is the scan's own.
  dedupeId: ({ scan_id }) => scan_id,
  timeoutMs: 120 * MINUTE_MS,
  concurrency: 2,
});
