import { createHash, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Counter, Registry } from 'prom-client';
import { Config } from '../config/index.js';

/** What tells tenants apart: in a registry of its own, which only who knows METRICS_TOKEN is shown. */
@Injectable()
export class TenantMetrics {
  readonly #registry = new Registry();
  readonly #requests = new Counter({
    name: 'driftguard_tenant_requests_total',
    help: 'HTTP requests of authenticated callers by organization and class of status.',
    labelNames: ['organization_id', 'status'],
    registers: [this.#registry],
  });
  readonly #jobs = new Counter({
    name: 'driftguard_tenant_jobs_total',
    help: 'Job runs by organization, job and outcome.',
    labelNames: ['organization_id', 'job', 'outcome'],
    registers: [this.#registry],
  });
  readonly #token: string | undefined;

  constructor(config: Config) {
    this.#token = config.get('METRICS_TOKEN');
  }

  countRequest(organizationId: string, status: number): void {
    this.#requests.inc({
      organization_id: organizationId,
      status: `${Math.floor(status / 100)}xx`,
    });
  }

  countJob(organizationId: string, job: string, outcome: 'completed' | 'failed'): void {
    this.#jobs.inc({ organization_id: organizationId, job, outcome });
  }

  /** Empty for whoever does not bring the token, and for everybody while none is set. */
  async exposedTo(token: string | null): Promise<string> {
    const isKnown =
      this.#token !== undefined &&
      token !== null &&
      timingSafeEqual(hash(token), hash(this.#token));
    return isKnown ? this.#registry.metrics() : '';
  }
}

const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
