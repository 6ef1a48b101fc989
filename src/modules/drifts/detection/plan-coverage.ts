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

/** Files by what their notices say of them. */
function filesWith(notices: readonly SourceNotice[], says: (code: string) => boolean): Set<string> {
  return new Set(notices.filter(({ code }) => says(code)).map(({ location }) => location.file));
}

/** True when plans bring the live side: then nothing else has to be read. */
export function hasPlans({ refreshed, notices }: DeclaredSide): boolean {
  return refreshed.size > 0 || notices.some(({ code }) => code === 'PLAN.REFRESHED');
}

/**
 * Whether a resource has to be looked at where no live side but that of plans is read. What the refresh of a whole plan found unchanged
 * needs no second look; what comes from elsewhere, or from a plan that stopped early, does, and comes out as not checked.
 */
export function needsLook(side: DeclaredSide): (resource: DeclaredResource) => boolean {
  const plans = filesWith(side.notices, (code) => code === 'PLAN.REFRESHED');
  const gaps = filesWith(side.notices, (code) => INCOMPLETE.has(code));
  return ({ address, location: { file } }) =>
    side.refreshed.has(address) || !plans.has(file) || gaps.has(file);
}

/**
 * What the refresh of a plan read: Terraform asks the provider for every resource, so each of its types was read as a
 * whole, unless the plan says it stopped early.
 */
export function planCoverage({ resources, refreshed, notices }: DeclaredSide): Coverage[] {
  const gaps = new Map(
    notices.flatMap(({ code, message, location }) =>
      INCOMPLETE.has(code) ? [[location.file, message] as const] : [],
    ),
  );
  if (refreshed.size === 0 && gaps.size === 0) return [];
  const byType = new Map<string, Coverage>();
  for (const { type, provider, address, location } of resources) {
    const seen = refreshed.has(address);
    const gap = gaps.get(location.file) ?? byType.get(type)?.message ?? null;
    if (!seen && gap === null) continue;
    byType.set(type, {
      provider,
      type,
      accountId: null,
      region: null,
      status: gap === null ? 'complete' : 'partial',
      resources: (byType.get(type)?.resources ?? 0) + (seen ? 1 : 0),
      pages: 1,
      message: gap,
    });
  }
  return [...byType.values()];
}
