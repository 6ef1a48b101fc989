import { Injectable } from '@nestjs/common';
import type { TenantContext } from '../../core/context/index.js';
import { EnvironmentRepository } from '../environments/index.js';
import { DriftListRepository } from './drift-list.repository.js';
import type { DriftChangeRow, DriftFilter, DriftRow, DriftStateRow } from './drift-rows.js';
import { driftErrors } from './drifts.errors.js';

export interface DriftWithChanges {
  readonly drift: DriftRow & Partial<DriftStateRow>;
  readonly changes: readonly DriftChangeRow[];
}

@Injectable()
export class DriftsService {
  constructor(
    private readonly drifts: DriftListRepository,
    private readonly environments: EnvironmentRepository,
  ) {}

  async list(context: TenantContext, filter: DriftFilter): Promise<DriftWithChanges[]> {
    if (filter.environmentId !== null) {
      await this.environments.getById(context, filter.environmentId);
    }
    const rows = await this.drifts.list(context, filter);
    const changes = await this.drifts.changesOf(
      context,
      rows.map(({ id }) => id),
    );
    return rows.map((drift) => ({ drift, changes: changes.get(drift.id) ?? [] }));
  }

  /** @throws DomainError `DRIFT.NOT_FOUND` */
  async get(context: TenantContext, id: string): Promise<DriftWithChanges> {
    const drift = UUID.test(id) ? await this.drifts.find(context, id) : null;
    if (drift === null) throw driftErrors.notFound();
    const changes = await this.drifts.changesOf(context, [id]);
    return { drift, changes: changes.get(drift.id) ?? [] };
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
