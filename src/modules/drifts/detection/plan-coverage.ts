import type {
  ActualResource,
  Coverage,
  DeclaredResource,
  SourceNotice,
} from '../../../core/providers/index.js';

/** Everything the code declares, and what plans already know about the live side. */
export interface DeclaredSide {
  readonly resources: readonly DeclaredResource[];
  /** Live side by address as a plan's refresh found it; null when it is gone. */
  readonly refreshed: ReadonlyMap<string, ActualResource | null>;
  readonly notices: readonly SourceNotice[];
}

/** Notices that say a plan did not look at everything. */
const INCOMPLETE = new Set(['PLAN.ERRORED', 'PLAN.INCOMPLETE', 'PLAN.NO_DRIFT_DATA']);

/**
 * What the refresh of a plan read: Terraform asks the provider for every resource, so each of its types was read as a
 * whole, unless the plan says it stopped early.
 */
export function planCoverage({ resources, refreshed, notices }: DeclaredSide): Coverage[] {
  if (refreshed.size === 0) return [];
  const gap = notices.find(({ code }) => INCOMPLETE.has(code));
  const byType = new Map<string, Coverage>();
  for (const { type, provider, address } of resources) {
    if (!refreshed.has(address)) continue;
    byType.set(type, {
      provider,
      type,
      accountId: null,
      region: null,
      status: gap === undefined ? 'complete' : 'partial',
      resources: (byType.get(type)?.resources ?? 0) + 1,
      pages: 1,
      message: gap?.message ?? null,
    });
  }
  return [...byType.values()];
}
