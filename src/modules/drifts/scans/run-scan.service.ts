import { Inject, Injectable } from '@nestjs/common';
import type { TenantContext } from '../../../core/context/index.js';
import { SensitiveValues } from '../../../core/crypto/index.js';
import { TenantSql } from '../../../core/database/index.js';
import type { Coverage, DeclaredResource, SourceNotice } from '../../../core/providers/index.js';
import {
  INVENTORY_FACTORIES,
  type InventoryFactory,
  onlyRegion,
} from '../../../core/providers/index.js';
import {
  type Environment,
  EnvironmentConnections,
  EnvironmentRepository,
} from '../../environments/index.js';
import { DeclaredStateService } from '../../iac/index.js';
import { expectedTypes } from '../detection/expected-types.js';
import { hasPlans, needsLook, planCoverage } from '../detection/plan-coverage.js';
import { saveRecollections } from '../detection/recollections.js';
import { ScanMemories } from '../detection/scan-memories.js';
import type { ScanMemory } from '../detection/scan-memory.js';
import { UnmanagedFilter } from '../detection/unmanaged-filter.js';
import { DriftDetector, type Knowledge } from '../engine/index.js';
import { openKnowledge } from '../knowledge/knowledge-shelf.js';
import { IgnoreRuleRepository } from '../ignore-rules/ignore-rule.repository.js';
import type { UnusedIgnoreRule } from '../scan-choices.js';
import type { Observation } from '../settle/drift-draft.js';
import { settleScan } from '../settle/settle-scan.js';
import { ScanCheckpoints } from './checkpoints/scan-checkpoints.js';
import { observeDetections, unlooked } from './detections.js';
import { type ProgressReporter, ScanStopped } from './progress-reporter.js';
import { type ActualSideRead, readActualSide } from './read-actual-side.js';
import { type EnvironmentDeclaredSide, readDeclaredSide } from './read-declared-side.js';
import { isComplete, ScanTally } from './scan-tally.js';
import { scanErrors } from './scan.errors.js';

export interface ScanTask {
  readonly scanId: string;
  readonly environmentId: string;
  readonly progress: ProgressReporter;
  readonly signal: AbortSignal;
}

interface Comparison {
  readonly environment: Environment;
  readonly declared: EnvironmentDeclaredSide;
  readonly compared: readonly DeclaredResource[];
  readonly detector: DriftDetector;
  readonly memory: ScanMemory;
  readonly coverage: readonly Coverage[];
  /** Of the live side; those of the sources are the declared side's. */
  readonly notices: readonly SourceNotice[];
  readonly actual: number;
}

/** The walk of a scan: declared side, actual side, compare, settle. */
@Injectable()
export class RunScanService {
  readonly #knowledge: Knowledge = openKnowledge();

  constructor(
    private readonly environments: EnvironmentRepository,
    private readonly connections: EnvironmentConnections,
    private readonly declaredState: DeclaredStateService,
    private readonly ignoreRules: IgnoreRuleRepository,
    private readonly sensitive: SensitiveValues,
    private readonly sql: TenantSql,
    private readonly checkpoints: ScanCheckpoints,
    private readonly memories: ScanMemories,
    @Inject(INVENTORY_FACTORIES) private readonly factories: readonly InventoryFactory[],
  ) {}

  /** @throws DomainError, InventoryError, or the signal's reason when it aborts; ScanStopped when it is not running any more; nothing is settled then */
  async run(context: TenantContext, task: ScanTask): Promise<void> {
    const environment = await this.environments.getById(context, task.environmentId);
    const memory = await this.memories.open(context, environment.id);
    try {
      await this.#scan(context, task, environment, memory);
    } finally {
      memory.close();
    }
  }

  async #scan(
    context: TenantContext,
    task: ScanTask,
    environment: Environment,
    memory: ScanMemory,
  ): Promise<void> {
    const sources = await this.declaredState.sourcesOf(context, environment.id);
    if (sources.length === 0) throw scanErrors.noSources();
    // Before reading replaces what the last scan kept.
    await this.declaredState.visitPlaces(context, environment.id, (address, id) =>
      memory.previous.add(address, id),
    );
    const declared = await readDeclaredSide({
      context,
      sources,
      declaredState: this.declaredState,
      memory,
      knowledge: this.#knowledge,
      signal: task.signal,
      onProgress: (label, count) => task.progress.update({ label, counts: { declared: count } }),
    });
    const comparison = await this.#observe(context, task, environment, declared, memory);
    await this.#settle(context, task, comparison);
  }

  async #observe(
    context: TenantContext,
    task: ScanTask,
    environment: Environment,
    declared: EnvironmentDeclaredSide,
    memory: ScanMemory,
  ): Promise<Comparison> {
    const plansOnly = await this.#isReadByPlansOnly(context, environment, declared);
    const compared = plansOnly
      ? declared.resources.filter(needsLook(declared))
      : declared.resources;
    // With a source unread, a resource that seems to be nobody's may be declared there.
    const choice =
      declared.unreadSourceIds.length > 0 ? 'none' : environment.cloud_settings.unmanaged;
    const unmanaged = new UnmanagedFilter(compared, this.#knowledge, choice);
    const detector = new DriftDetector({
      declared: compared,
      knowledge: this.#knowledge,
      previous: memory.previous,
      options: { ignoreRules: await this.ignoreRules.inForce(context, environment.id, new Date()) },
      region: onlyRegion(environment.cloud_settings.regions),
      namespaces: environment.cloud_settings.namespaces,
      wanted: (actual) => unmanaged.shows(actual),
      memory,
    });
    for (const resource of declared.refreshed.values()) {
      if (resource !== null) detector.observe(resource);
    }
    const read = plansOnly
      ? NOTHING_READ
      : await this.#readLive(context, task, environment, declared.resources, { memory, detector });
    return {
      environment,
      memory,
      declared,
      compared,
      detector,
      coverage: [...planCoverage(declared), ...read.coverage],
      notices: read.notices,
      actual: read.actual + declared.refreshed.size,
    };
  }

  /** A plan brings what the provider answered; then an environment without credentials is no mistake. */
  async #isReadByPlansOnly(
    context: TenantContext,
    environment: Environment,
    declared: EnvironmentDeclaredSide,
  ): Promise<boolean> {
    return hasPlans(declared) && !(await this.connections.hasCredentials(context, environment));
  }

  async #readLive(
    context: TenantContext,
    task: ScanTask,
    environment: Environment,
    declared: readonly DeclaredResource[],
    { memory, detector }: Pick<Comparison, 'memory' | 'detector'>,
  ): Promise<Pick<ActualSideRead, 'coverage' | 'notices' | 'actual'>> {
    const { provider, cloud_settings: settings } = environment;
    const factory = this.factories.find((one) => one.provider === provider);
    if (factory === undefined) throw scanErrors.noInventory(provider);
    const inventory = await factory.create(await this.connections.open(context, environment));
    try {
      const known = memory.liveRows(await inventory.rawReader?.());
      return await readActualSide({
        inventory: this.checkpoints.resumable(inventory, {
          context,
          scanId: task.scanId,
          reads: { environment: environment.id, provider, settings },
        }),
        scope: {
          types: settings.types,
          regions: settings.regions,
          namespaces: settings.namespaces,
          expected: expectedTypes(declared, provider, this.#knowledge),
          known,
        },
        signal: task.signal,
        observe: (resource, raw) => detector.observe(known.keep(resource, raw)),
        onProgress: ({ actual, ...progress }) =>
          task.progress.update({ ...progress, counts: { declared: declared.length, actual } }),
      });
    } finally {
      await inventory.close();
    }
  }

  async #settle(context: TenantContext, task: ScanTask, comparison: Comparison): Promise<void> {
    const { declared, coverage } = comparison;
    const tally = new ScanTally();
    const total = comparison.declared.resources.length;
    const { organizationId } = context;
    const place = { organizationId, environmentId: comparison.environment.id };
    task.progress.update({ label: 'Comparing' });
    const settlement = await this.sql.transaction(context, (client) =>
      settleScan(client, {
        ...place,
        scanId: task.scanId,
        correlationId: context.correlationId,
        now: new Date(),
        observations: this.#observations(context, task, comparison, tally),
        coverage,
        unreadSourceIds: declared.unreadSourceIds,
        remember: (client) => saveRecollections(client, place, comparison.memory.changes()),
        result: () => ({
          status: declared.problems.length === 0 && isComplete(coverage) ? 'succeeded' : 'partial',
          counts: tally.counts(total, comparison.actual),
          coverageScore: tally.coverageScore(total),
          notices: [...declared.notices, ...comparison.notices],
          problems: declared.problems,
          passedOver: tally.passedOver(),
          unusedIgnoreRules: unusedIn(comparison.detector),
        }),
      }),
    );
    if (settlement.kind === 'ignored') throw new ScanStopped();
  }

  async *#observations(
    context: TenantContext,
    task: ScanTask,
    { environment, declared, compared, detector, coverage, memory }: Comparison,
    tally: ScanTally,
  ): AsyncGenerator<Observation> {
    const drafting = {
      environment: { id: environment.id, criticality: environment.criticality },
      masker: this.sensitive.maskerFor(context),
      sourceOf: (resource: DeclaredResource) => declared.sourceOf(resource),
    };
    yield* observeDetections(detector.finish(coverage), {
      drafting,
      memory,
      tally,
      onTurn: (done) => {
        task.progress.update({ label: `Comparing ${done} of ${compared.length}` });
        task.signal.throwIfAborted();
      },
    });
    yield* unlooked(declared.resources, compared, drafting);
  }
}

/** Complete once the observations were consumed. */
function unusedIn(detector: DriftDetector): UnusedIgnoreRule[] {
  return detector.unusedIgnoreRules().map(({ name, origin }) => ({ name, origin }));
}

const NOTHING_READ = { coverage: [], notices: [], actual: 0 };
