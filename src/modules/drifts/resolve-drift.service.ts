import { randomUUIDv7 } from 'node:crypto';
import { EntityManager, LockMode } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { noteValuesBefore, type TenantContext } from '../../core/context/index.js';
import { OutboxEvent } from '../../core/outbox/index.js';
import type { ResolutionType } from './drift-choices.js';
import { DriftEventRepository } from './drift-event.repository.js';
import { nextDriftStatus } from './drift-status.js';
import { driftErrors } from './drifts.errors.js';

export interface Resolution {
  readonly type: ResolutionType;
  /** Why; null when nobody said. */
  readonly comment: string | null;
}

/** A person closes a drift. Whether it stays closed is the next scan's word: see `RESTING_RESOLUTIONS`. */
@Injectable()
export class ResolveDriftService {
  constructor(
    private readonly em: EntityManager,
    private readonly drifts: DriftEventRepository,
  ) {}

  /** @throws DomainError `DRIFT.NOT_FOUND`, `DRIFT.ALREADY_RESOLVED` */
  async resolve(context: TenantContext, id: string, resolution: Resolution): Promise<void> {
    await this.em.transactional(async (em) => {
      const drift = await this.drifts.getById(context, id);
      // A scan may be settling it at this moment.
      await em.lock(drift, LockMode.PESSIMISTIC_WRITE);
      await em.refresh(drift);
      const next = nextDriftStatus(drift.status, 'resolve');
      if (next === null) {
        throw driftErrors.alreadyResolved(drift.resolved_at, drift.resolution_type);
      }
      noteValuesBefore({ status: drift.status, resolution_type: drift.resolution_type });
      drift.status = next;
      drift.resolved_at = new Date();
      drift.resolution_type = resolution.type;
      drift.resolution_comment = resolution.comment;
      drift.resolved_by = context.actor.id;
      em.create(OutboxEvent, {
        id: randomUUIDv7(),
        organization_id: context.organizationId,
        topic: 'drift.resolved',
        subject_id: drift.id,
        payload: { environment_id: drift.environment.id, resolution_type: resolution.type },
        correlation_id: context.correlationId,
        created_at: new Date(),
        delivered_at: null,
      });
    });
  }
}
