import { EntityManager, ref, UniqueConstraintViolationException } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import type { TenantContext } from '../../../core/context/index.js';
import { JobQueue } from '../../../core/queue/index.js';
import { EnvironmentRepository } from '../../environments/index.js';
import { OrganizationsService } from '../../organizations/index.js';
import { scanEnvironmentJob } from '../jobs/scan-environment.job.js';
import { ACTIVE_SCAN_STATUSES, type ScanTrigger } from '../scan-choices.js';
import type { ScanRun } from '../scan-run.entity.js';
import { ScanLifecycle } from './scan-lifecycle.js';
import { scanErrors } from './scan.errors.js';
import {
  type CoverageRow,
  type ScanDetailRow,
  type ScanRow,
  ScanRunRepository,
} from './scan-run.repository.js';

export interface ScanDetail {
  readonly scan: ScanDetailRow;
  readonly coverage: readonly CoverageRow[];
}

@Injectable()
export class ScansService {
  constructor(
    private readonly em: EntityManager,
    private readonly scans: ScanRunRepository,
    private readonly organizations: OrganizationsService,
    private readonly environments: EnvironmentRepository,
    private readonly lifecycle: ScanLifecycle,
    private readonly queue: JobQueue,
  ) {}

  /**
   * Asks for a scan; a worker does it.
   *
   * @throws DomainError `SCAN.ALREADY_ACTIVE`, `ENVIRONMENT.INACTIVE`, `SCAN.DETECTION_DISABLED`, `QUEUE.UNAVAILABLE`
   */
  async request(
    context: TenantContext,
    environmentId: string,
    trigger: ScanTrigger,
  ): Promise<ScanDetail> {
    const environment = await this.environments.getById(context, environmentId);
    if (!environment.is_active) throw scanErrors.inactive();
    const settings = await this.organizations.getSettings(context, context.organizationId);
    if (!settings.drift_detection_enabled) throw scanErrors.detectionDisabled();
    const scan = this.scans.create(context, {
      environment: ref(environment),
      trigger,
      requested_by: context.actor.id,
    });
    await this.#flush(context, environmentId);
    await this.#enqueue(context, scan);
    return this.get(context, scan.id);
  }

  async get(context: TenantContext, id: string): Promise<ScanDetail> {
    const scan = await this.scans.getRow(context, id);
    return { scan, coverage: await this.scans.coverage(context, id) };
  }

  async list(
    context: TenantContext,
    filter: {
      readonly environmentId: string;
      readonly beforeId: string | null;
      readonly limit: number;
    },
  ): Promise<ScanRow[]> {
    await this.environments.getById(context, filter.environmentId);
    return this.scans.list(context, filter);
  }

  /** A waiting scan ends at once, a running one as soon as its worker hears of it. Cancelling twice is fine. */
  async cancel(context: TenantContext, id: string): Promise<ScanDetail> {
    const { status } = await this.scans.getById(context, id);
    if (status !== 'cancelled' && !ACTIVE_SCAN_STATUSES.includes(status)) {
      throw scanErrors.notActive(status);
    }
    await this.lifecycle.requestCancel(context, id);
    if (status === 'queued') await this.lifecycle.cancelled(context, id);
    this.em.clear();
    return this.get(context, id);
  }

  async #flush(context: TenantContext, environmentId: string): Promise<void> {
    try {
      await this.em.flush();
    } catch (error) {
      if (!(error instanceof UniqueConstraintViolationException)) throw error;
      const active = await this.scans.findActive(context, environmentId);
      throw scanErrors.alreadyActive(active?.id ?? null);
    }
  }

  /** After the commit. Without a queue the scan would wait for nobody, so it fails with the request. */
  async #enqueue(context: TenantContext, scan: ScanRun): Promise<void> {
    try {
      await this.queue.enqueue(context, scanEnvironmentJob, { scan_id: scan.id });
    } catch (error) {
      await this.lifecycle.fail(context, scan.id, error);
      throw error;
    }
  }
}
