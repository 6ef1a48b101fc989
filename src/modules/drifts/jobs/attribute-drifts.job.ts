import { IsBoolean, IsUUID } from 'class-validator';
import { defineJob } from '../../../core/queue/index.js';

export class AttributeDriftsPayload {
  @IsUUID()
  scan_id!: string;

  /** The second look, once logs that are late have caught up. */
  @IsBoolean()
  late!: boolean;
}

/** Asks the cloud's change log who made the drifts one scan found. */
export const attributeDriftsJob = defineJob({
  name: 'attribute-drifts',
  queue: 'attribution',
  payload: AttributeDriftsPayload,
  attempts: 3,
  backoff: { type: 'exponential', delayMs: 10_000 },
  dedupeId: ({ scan_id, late }) => (late ? `${scan_id}-late` : scan_id),
  timeoutMs: 600_000,
  concurrency: 2,
});
