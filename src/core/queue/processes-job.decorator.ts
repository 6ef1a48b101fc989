import { applyDecorators, Injectable, SetMetadata, type Type } from '@nestjs/common';
import type { JobDefinition, JobProcessor } from './job-definition.js';

export const PROCESSES_JOB = 'driftguard:processes-job';

/** Marks a JobProcessor as the one that does this job. Provide it in its module like any service. */
export function ProcessesJob<Payload extends object>(job: JobDefinition<Payload>) {
  return (target: Type<JobProcessor<Payload>>): void => {
    applyDecorators(Injectable(), SetMetadata(PROCESSES_JOB, job.name))(target);
  };
}
