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
  /**
   * What `build` works out of the estate, once a scan. Keep nothing that was read of neighbours anywhere else: who asks
   * for it here has looked at what was read to build it.
   */
  derive<T extends object>(build: (estate: Estate) => T): T;
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

/** `declared aws_kms_alias`: all resources of one type on one side. */
export type Neighbours = `${'declared' | 'actual'} ${string}`;

interface Derived {
  readonly value: object;
  readonly looked: ReadonlySet<Neighbours>;
}

/** Indexes both sides by type, once and only when a rule asks, and remembers who looked at what. */
export class ScanEstate implements Estate {
  private readonly declaredByType: (type: string) => readonly DeclaredResource[];
  private readonly actualByType: (type: string) => readonly ActualResource[];
  private readonly derived = new Map<(estate: Estate) => object, Derived>();
  private looked = new Set<Neighbours>();

  constructor(declared: readonly DeclaredResource[], actual: readonly ActualResource[]) {
    this.declaredByType = byType(declared);
    this.actualByType = byType(actual);
  }

  declaredOfType(type: string): readonly DeclaredResource[] {
    this.looked.add(`declared ${type}`);
    return this.declaredByType(type);
  }

  actualOfType(type: string): readonly ActualResource[] {
    this.looked.add(`actual ${type}`);
    return this.actualByType(type);
  }

  derive<T extends object>(build: (estate: Estate) => T): T {
    let known = this.derived.get(build);
    if (known === undefined) {
      const [value, looked] = this.watch(() => build(this));
      known = { value, looked };
      this.derived.set(build, known);
    }
    for (const neighbours of known.looked) this.looked.add(neighbours);
    return known.value as T;
  }

  /** Runs `look` and answers which neighbours it looked at, beside its result. */
  watch<T>(look: () => T): readonly [result: T, looked: ReadonlySet<Neighbours>] {
    const before = this.looked;
    const looked = new Set<Neighbours>();
    this.looked = looked;
    try {
      return [look(), looked];
    } finally {
      this.looked = before;
    }
  }

  /** The resources behind a name that `watch` answered. */
  membersOf(neighbours: Neighbours): readonly (DeclaredResource | ActualResource)[] {
    const space = neighbours.indexOf(' ');
    const type = neighbours.slice(space + 1);
    return neighbours.startsWith('declared') ? this.declaredByType(type) : this.actualByType(type);
  }
}

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

export function createEstate(
  declared: readonly DeclaredResource[],
  actual: readonly ActualResource[],
): Estate {
  return new ScanEstate(declared, actual);
}
