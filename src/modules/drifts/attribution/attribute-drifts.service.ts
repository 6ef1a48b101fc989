import { Inject, Injectable } from '@nestjs/common';
import type { TenantContext } from '../../../core/context/index.js';
import {
  INVENTORY_FACTORIES,
  type InventoryFactory,
  type SourceNotice,
} from '../../../core/providers/index.js';
import { EnvironmentConnections, EnvironmentRepository } from '../../environments/index.js';
import { attributeDrifts } from './attribute-drifts.js';
import { AttributionRepository, type AttributedScan } from './attribution.repository.js';

/** Two lookups a second and account: more would not be answered in the time of a run. */
const MAX_DRIFTS = 300;
const MAX_TIME_MS = 5 * 60_000;
/** What a provider's inventory may be behind: a change made just before the last scan may be seen by the next only. */
const INVENTORY_DELAY_MS = 15 * 60_000;

/** Asks who made what a scan found first. What a log does not answer stays unknown, with a notice at the scan. */
@Injectable()
export class AttributeDriftsService {
  constructor(
    private readonly environments: EnvironmentRepository,
    private readonly connections: EnvironmentConnections,
    private readonly repository: AttributionRepository,
    @Inject(INVENTORY_FACTORIES) private readonly factories: readonly InventoryFactory[],
  ) {}

  /** Answers how many drifts nobody is known for yet. @throws DomainError when the environment cannot be connected to */
  async attribute(context: TenantContext, scanId: string, signal: AbortSignal): Promise<number> {
    const scan = await this.repository.findScan(context, scanId);
    if (scan === null) return 0;
    const drifts = await this.repository.unattributed(context, scan, MAX_DRIFTS);
    if (drifts.length === 0) return 0;
    const environment = await this.environments.getById(context, scan.environment_id);
    const factory = this.factories.find(({ provider }) => provider === environment.provider);
    // A plan brings its own live side: then there may be nobody to ask.
    const connected = await this.connections.hasCredentials(context, environment);
    if (factory === undefined || !connected) return 0;
    const inventory = await factory.create(await this.connections.open(context, environment));
    try {
      const { history } = inventory;
      if (history === undefined) return 0;
      const notices: SourceNotice[] = [];
      let left = drifts.length;
      const run = {
        history,
        window: windowOf(scan),
        until: new Date(Date.now() + MAX_TIME_MS),
        signal,
        notice: (notice: SourceNotice) => notices.push(notice),
      };
      for await (const drift of attributeDrifts(drifts, run)) {
        await this.repository.save(context, drift);
        if (drift.attribution !== null) left -= 1;
      }
      for (const notice of notices) await this.repository.addNotice(context, scanId, notice);
      return left;
    } finally {
      await inventory.close();
    }
  }
}

function windowOf({ previous_at: previous, finished_at: before }: AttributedScan) {
  const after = previous === null ? null : new Date(previous.getTime() - INVENTORY_DELAY_MS);
  return { after, before };
}
