import type { TenantContext } from '../../../core/context/index.js';
import { DomainError } from '../../../core/errors/index.js';
import {
  type ActualResource,
  type DeclaredResource,
  type SourceNotice,
  StateSourceError,
} from '../../../core/providers/index.js';
import { type DeclaredStateService, type IacSource, SharedResources } from '../../iac/index.js';
import type { ScanMemory } from '../detection/scan-memory.js';
import type { Knowledge } from '../engine/index.js';
import type { DeclaredSide } from '../detection/plan-coverage.js';
import type { ScanProblem } from '../scan-choices.js';

const MAX_NOTICES = 100;

/** The declared side of an environment, as far as it could be read. */
export interface EnvironmentDeclaredSide extends DeclaredSide {
  sourceOf(resource: DeclaredResource): string;
  /** One per source that could not be read. */
  readonly problems: readonly ScanProblem[];
  readonly unreadSourceIds: readonly string[];
}

export interface ReadDeclaredOptions {
  readonly context: TenantContext;
  readonly sources: readonly IacSource[];
  readonly declaredState: DeclaredStateService;
  readonly memory: ScanMemory;
  readonly knowledge: Knowledge;
  readonly signal: AbortSignal;
  readonly onProgress: (label: string, declared: number) => void;
}

/**
 * Reads every source and keeps what it declares. A source that cannot be read does not silence the others; when none can,
 * the first failure is thrown. A passing failure of our own (storage, database) is thrown at once, so that the scan is tried again.
 */
export async function readDeclaredSide(
  options: ReadDeclaredOptions,
): Promise<EnvironmentDeclaredSide> {
  const { context, sources, declaredState, memory } = options;
  const resources: DeclaredResource[] = [];
  const refreshed = new Map<string, ActualResource | null>();
  const notices: SourceNotice[] = [];
  const problems: ScanProblem[] = [];
  const unreadSourceIds: string[] = [];
  const shared = new SharedResources();
  let firstError: DomainError | undefined;

  for (const source of sources) {
    try {
      const read = await readSource(source, resources.length, options);
      await declaredState.store(context, source, read.resources);
      for (const resource of read.resources) {
        resources.push(resource);
        const twice = shared.observe(resource, source.name);
        if (twice !== undefined && notices.length < MAX_NOTICES) notices.push(twice);
      }
      for (const [address, actual] of read.refreshed) refreshed.set(address, actual);
      notices.push(...read.notices.slice(0, MAX_NOTICES - notices.length));
    } catch (error) {
      // A store that is away was asked several times already, and does not silence the other sources.
      const away = error instanceof StateSourceError;
      if (!(error instanceof DomainError) || (error.kind === 'unavailable' && !away)) throw error;
      firstError ??= error;
      unreadSourceIds.push(source.id);
      problems.push({
        code: error.code,
        message: error.message,
        details: { ...error.details, source_id: source.id, source: source.name },
      });
    }
  }
  if (firstError !== undefined && problems.length === sources.length) throw firstError;
  return {
    resources,
    refreshed,
    notices,
    problems,
    unreadSourceIds,
    sourceOf: (resource) => memory.bodies.sourceOf(resource),
  };
}

async function readSource(
  source: IacSource,
  before: number,
  { context, declaredState, memory, knowledge, signal, onProgress }: ReadDeclaredOptions,
): Promise<DeclaredSide> {
  const resources: DeclaredResource[] = [];
  const refreshed = new Map<string, ActualResource | null>();
  const notices: SourceNotice[] = [];
  const known = memory.elementsOf(source.id, [source.kind, source.options], knowledge);
  for await (const record of declaredState.read(context, source, signal, known)) {
    if (record.kind === 'declared')
      resources.push(memory.bodies.declared(record.resource, source.id));
    else if (record.kind === 'refreshed') {
      const { address, actual } = record;
      refreshed.set(address, actual && memory.bodies.actual(actual));
    } else if (notices.length < MAX_NOTICES) notices.push(record.notice);
    onProgress(`Reading ${source.name}`, before + resources.length);
  }
  return { resources, refreshed, notices };
}
