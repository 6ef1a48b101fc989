import { BullAdapter } from '@bull-board/api/bullAdapter';
import type { Job } from 'bull';
import { shownJob } from './shown-job.js';

/** A queue as the board sees it: every job without what may be a tenant's. */
export class BoardQueue extends BullAdapter {
  override async getJob(id: string): Promise<Job | undefined | null> {
    const job = await super.getJob(id);
    return job == null ? job : withoutSecrets(job);
  }

  override async getJobs(...page: Parameters<BullAdapter['getJobs']>): Promise<Job[]> {
    return (await super.getJobs(...page)).map(withoutSecrets);
  }

  /** What a job writes there is of any kind. */
  override getJobLogs(): Promise<string[]> {
    return Promise.resolve([]);
  }
}

function withoutSecrets(job: Job): Job {
  const whole = job.toJSON.bind(job);
  return Object.assign(job, { toJSON: () => shownJob(whole()) });
}
