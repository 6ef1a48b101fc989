import type { TenantContext } from '../../../core/context/index.js';
import {
  JobQueue,
  type JobProcessor,
  type JobRun,
  ProcessesJob,
} from '../../../core/queue/index.js';
import { AttributeDriftsService } from '../attribution/attribute-drifts.service.js';
import { attributeDriftsJob, type AttributeDriftsPayload } from './attribute-drifts.job.js';

/** CloudTrail delivers within about 15 minutes of a call: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events.html */
const LOG_DELAY_MS = 20 * 60_000;

/** Safe to run twice: only drifts nobody is known for are asked about. */
@ProcessesJob(attributeDriftsJob)
export class AttributeDriftsProcessor implements JobProcessor<AttributeDriftsPayload> {
  constructor(
    private readonly attribution: AttributeDriftsService,
    private readonly queue: JobQueue,
  ) {}

  async process(
    context: TenantContext,
    { scan_id: scanId, late }: AttributeDriftsPayload,
    run: JobRun,
  ): Promise<void> {
    const left = await this.attribution.attribute(context, scanId, run.signal);
    if (left === 0 || late) return;
    const options = { delayMs: LOG_DELAY_MS };
    await this.queue.enqueue(context, attributeDriftsJob, { scan_id: scanId, late: true }, options);
  }
}
