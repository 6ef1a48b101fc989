import type {
  ActualResource,
  DeclaredResource,
  JsonObject,
} from '../../../core/providers/index.js';
import type { IgnoreRule } from './ignore/ignore-rule.js';

/** Both sides of the scan, for rules that look at a neighbour (an autoscaler, a separate rule resource, an alias). */
export interface Estate {
  declaredOfType(type: string): readonly DeclaredResource[];
  actualOfType(type: string): readonly ActualResource[];
}

/** What a scan knows beyond the two sides. Absent facts are absent: a rule that needs one answers `unverifiable`. */
export interface ScanFacts {
  readonly accountId: string | null;
  readonly region: string | null;
  /** Further facts by name: `kmsAliases`, `providerDefaultTags`, `stackTags`, `hpa`, … each documented at the rule that reads it. */
  readonly facts: JsonObject;
  readonly estate: Estate;
}

/** What the user chose for this run. */
export interface CompareOptions {
  /** Paths to ignore on every resource; `*` matches one segment, `**` any number. */
  readonly ignorePaths: readonly string[];
  readonly ignoreRules: readonly IgnoreRule[];
  /** Kubernetes field managers whose changes are expected. */
  readonly trustedManagers: readonly string[];
  /** Whether the rules of an aggregated ClusterRole are the controller's; null: where the code leaves them empty. */
  readonly ignoreAggregatedRoles: boolean | null;
  /** Show what rules suppressed as `potential` findings. */
  readonly strict: boolean;
}

export const DEFAULT_OPTIONS: CompareOptions = {
  ignorePaths: [],
  ignoreRules: [],
  trustedManagers: [],
  ignoreAggregatedRoles: null,
  strict: false,
};

function byType<T extends { readonly type: string }>(
  resources: readonly T[],
): (type: string) => readonly T[] {
  let index: Map<string, T[]> | undefined;
  return (type) => {
    if (index === undefined) {
      index = new Map();
      for (const resource of resources) {
        const list = index.get(resource.type);
        if (list) list.push(resource);
        else index.set(resource.type, [resource]);
      }
    }
    return index.get(type) ?? [];
  };
}

/** Indexes both sides by type, once and only when a rule asks. */
export function createEstate(
  declared: readonly DeclaredResource[],
  actual: readonly ActualResource[],
): Estate {
  return { declaredOfType: byType(declared), actualOfType: byType(actual) };
}
