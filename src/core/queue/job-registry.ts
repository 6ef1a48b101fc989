import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, Reflector } from '@nestjs/core';
import type { AnyJobDefinition, JobProcessor } from './job-definition.js';
import { PROCESSES_JOB } from './processes-job.decorator.js';

export const JOB_DEFINITIONS = Symbol('job definitions');

/** Which processor does which job. An application where a job has none or two does not start. */
@Injectable()
export class JobRegistry implements OnModuleInit {
  readonly #processors = new Map<string, JobProcessor<object>>();

  constructor(
    @Inject(JOB_DEFINITIONS) readonly jobs: readonly AnyJobDefinition[],
    private readonly discovery: DiscoveryService,
    private readonly reflector: Reflector,
  ) {}

  onModuleInit(): void {
    const problems: string[] = [];
    const known = new Set(this.jobs.map((job) => job.name));
    if (known.size !== this.jobs.length) problems.push('two jobs have the same name');
    for (const wrapper of this.discovery.getProviders()) {
      const instance: unknown = wrapper.instance;
      if (typeof instance !== 'object' || instance === null) continue;
      const name = this.reflector.get<string | undefined>(PROCESSES_JOB, instance.constructor);
      if (name === undefined) continue;
      if (!known.has(name)) problems.push(`processor of an unlisted job ${name}`);
      const other = this.#processors.get(name);
      if (other !== undefined && other !== instance) problems.push(`two processors for ${name}`);
      this.#processors.set(name, instance as JobProcessor<object>);
    }
    for (const name of known) {
      if (!this.#processors.has(name)) problems.push(`no processor for ${name}`);
    }
    if (problems.length > 0) throw new Error(`Jobs are not wired: ${problems.join('; ')}`);
  }

  processorOf(job: AnyJobDefinition): JobProcessor<object> {
    const processor = this.#processors.get(job.name);
    if (processor === undefined) throw new Error(`no processor for ${job.name}`);
    return processor;
  }
}
