import { setImmediate as nextTurn } from 'node:timers/promises';
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
import { planCoverage } from '../detection/plan-coverage.js';
import { UnmanagedFilter } from '../detection/unmanaged-filter.js';
import { DriftDetector, type Knowledge, type PreviousPlaces } from '../engine/index.js';
import { openKnowledge } from '../knowledge/knowledge-shelf.js';
import { IgnoreRuleRepository } from '../ignore-rules/ignore-rule.repository.js';
import type { UnusedIgnoreRule } from '../scan-choices.js';
import { moveOnly, observationsOf } from '../settle/draft-drifts.js';
import type { Observation } from '../settle/drift-draft.js';
import { settleScan } from '../settle/settle-scan.js';
import { type ProgressReporter, ScanStopped } from './progress-reporter.js';
import { type ActualSideRead, readActualSide } from './read-actual-side.js';
import { type EnvironmentDeclaredSide, readDeclaredSide } from './read-declared-side.js';
import { isComplete, ScanTally } from './scan-tally.js';
import { scanErrors } from './scan.errors.js';

/** Detections between two looks at the event loop: comparing must not starve heartbeats and locks. */
const TURN = 250;

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
    @Inject(INVENTORY_FACTORIES) private readonly factories: readonly InventoryFactory[],
  ) {}

  /** @throws DomainError, InventoryError, or the signal's reason when it aborts; ScanStopped when it is not running any more; nothing is settled then */
  async run(context: TenantContext, task: ScanTask): Promise<void> {
    const environment = await this.environments.getById(context, task.environmentId);
    const sources = await this.declaredState.sourcesOf(context, environment.id);
    if (sources.length === 0) throw scanErrors.noSources();
    // Before reading replaces what the last scan kept.
    const previous = await this.declaredState.placesOf(context, environment.id);
    const declared = await readDeclaredSide({
      context,
      sources,
      declaredState: this.declaredState,
      signal: task.signal,
      onProgress: (label, count) => task.progress.update({ label, counts: { declared: count } }),
    });
    const comparison = await this.#observe(context, task, environment, declared, previous);
    await this.#settle(context, task, comparison);
  }

  async #observe(
    context: TenantContext,
    task: ScanTask,
    environment: Environment,
    declared: EnvironmentDeclaredSide,
    previous: PreviousPlaces,
  ): Promise<Comparison> {
    const plansOnly = await this.#isReadByPlansOnly(context, environment, declared);
    // What a plan's refresh found unchanged needs no second look, unless there is a live side to look at.
    const compared = plansOnly
      ? declared.resources.filter(({ address }) => declared.refreshed.has(address))
      : declared.resources;
    const detector = new DriftDetector({
      declared: compared,
      knowledge: this.#knowledge,
      previous,
      options: { ignoreRules: await this.ignoreRules.inForce(context, environment.id, new Date()) },
      region: onlyRegion(environment.cloud_settings.regions),
      namespaces: environment.cloud_settings.namespaces,
    });
    for (const resource of declared.refreshed.values()) {
      if (resource !== null) detector.observe(resource);
    }
    const read = plansOnly
      ? NOTHING_READ
      : await this.#readLive(context, task, environment, detector, declared.resources);
    return {
      environment,
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
    return (
      declared.refreshed.size > 0 && !(await this.connections.hasCredentials(context, environment))
    );
  }

  async #readLive(
    context: TenantContext,
    task: ScanTask,
    environment: Environment,
    detector: DriftDetector,
    declared: readonly DeclaredResource[],
  ): Promise<Pick<ActualSideRead, 'coverage' | 'notices' | 'actual'>> {
    const { provider, cloud_settings: settings } = environment;
    const factory = this.factories.find((one) => one.provider === provider);
    if (factory === undefined) throw scanErrors.noInventory(provider);
    const inventory = factory.create(await this.connections.open(context, environment));
    try {
      return await readActualSide({
        inventory,
        scope: {
          types: settings.types,
          regions: settings.regions,
          namespaces: settings.namespaces,
          expected: expectedTypes(declared, provider, this.#knowledge),
        },
        signal: task.signal,
        observe: (resource) => detector.observe(resource),
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
    task.progress.update({ label: 'Comparing' });
    const settlement = await this.sql.transaction(context, (client) =>
      settleScan(client, {
        organizationId: context.organizationId,
        environmentId: comparison.environment.id,
        scanId: task.scanId,
        correlationId: context.correlationId,
        now: new Date(),
        observations: this.#observations(context, task, comparison, tally),
        coverage,
        unreadSourceIds: declared.unreadSourceIds,
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
    comparison: Comparison,
    tally: ScanTally,
  ): AsyncGenerator<Observation> {
    const { environment, declared, compared, detector, coverage } = comparison;
    const drafting = {
      environment: { id: environment.id, criticality: environment.criticality },
      masker: this.sensitive.maskerFor(context),
      sourceOf: (resource: DeclaredResource) => declared.sourceOf(resource),
    };
    // With a source unread, a resource that seems to be nobody's may be declared there.
    const choice =
      declared.unreadSourceIds.length > 0 ? 'none' : environment.cloud_settings.unmanaged;
    const unmanaged = new UnmanagedFilter(compared, this.#knowledge, choice);
    let done = 0;
    for (const detection of detector.finish(coverage)) {
      done += 1;
      if (done % TURN === 0) {
        task.progress.update({ label: `Comparing ${done} of ${compared.length}` });
        await nextTurn();
        task.signal.throwIfAborted();
      }
      if (detection.kind === 'unmanaged' && !unmanaged.shows(detection.actual)) continue;
      const observations = observationsOf(detection, drafting);
      tally.add(detection, observations);
      yield* observations;
    }
    if (compared.length === declared.resources.length) return;
    const looked = new Set(compared);
    for (const resource of declared.resources)
      if (!looked.has(resource)) yield* moveOnly(resource, drafting);
  }
}

/** Complete once the observations were consumed. */
function unusedIn(detector: DriftDetector): UnusedIgnoreRule[] {
  return detector.unusedIgnoreRules().map(({ name, origin }) => ({ name, origin }));
}

const NOTHING_READ = { coverage: [], notices: [], actual: 0 };
