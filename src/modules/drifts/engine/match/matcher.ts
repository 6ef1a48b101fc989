import type { ActualResource, DeclaredResource } from '../../../../core/providers/index.js';
import type { Knowledge } from '../knowledge.js';
import { wasCreated } from './identity-evidence.js';
import { actualKeys, declaredKeys } from './identity.js';
import { sameKind } from './same-kind.js';

/**
 * Matches by identity in O(n): declared resources are indexed once, live ones look themselves up as they arrive.
 * Several declared resources may describe one live one (a bucket and its separate versioning resource); a declared one
 * belongs to the first live resource that answers its surest key.
 */
export class Matcher {
  private readonly byKey = new Map<string, number[]>();
  private readonly matched: (ActualResource | undefined)[];
  private readonly rank: number[];
  private readonly keyRanks: ReadonlyMap<string, number>[];

  constructor(
    private readonly declared: readonly DeclaredResource[],
    private readonly knowledge: Knowledge,
  ) {
    this.matched = new Array<ActualResource | undefined>(declared.length).fill(undefined);
    this.rank = new Array<number>(declared.length).fill(Number.POSITIVE_INFINITY);
    this.keyRanks = declared.map((resource, position) => {
      const keys = declaredKeys(resource, knowledge);
      for (const key of keys) {
        const positions = this.byKey.get(key);
        if (positions) positions.push(position);
        else this.byKey.set(key, [position]);
      }
      return new Map(keys.map((key, rank) => [key, rank]));
    });
  }

  /** True when the live resource belongs to something declared. */
  observe(actual: ActualResource): boolean {
    let managed = false;
    for (const key of actualKeys(actual)) {
      for (const position of this.byKey.get(key) ?? []) {
        managed = true;
        const rank = this.keyRanks[position]?.get(key) ?? Number.POSITIVE_INFINITY;
        if (rank >= (this.rank[position] ?? Number.POSITIVE_INFINITY)) continue;
        this.rank[position] = rank;
        this.matched[position] = actual;
      }
    }
    return managed;
  }

  /**
   * Pairs by elimination what code alone cannot name (a generated name, an unresolved reference): one declared resource
   * and one live resource of a kind are left, so they are each other's. Answers the live ones that found their owner.
   */
  eliminate(left: readonly ActualResource[]): ReadonlySet<ActualResource> {
    const taken = new Set<ActualResource>();
    const open = this.declared.flatMap((resource, position) =>
      this.matched[position] === undefined && !wasCreated(resource) ? [{ resource, position }] : [],
    );
    for (const { resource, position } of open) {
      const candidates = left.filter((actual) => sameKind(resource, actual, this.knowledge));
      const [only] = candidates;
      if (only === undefined || candidates.length > 1) continue;
      const rivals = open.filter((other) => sameKind(other.resource, only, this.knowledge));
      if (rivals.length > 1) continue;
      this.matched[position] = only;
      taken.add(only);
    }
    return taken;
  }

  *pairs(): Iterable<{ declared: DeclaredResource; actual: ActualResource | undefined }> {
    for (const [position, declared] of this.declared.entries()) {
      yield { declared, actual: this.matched[position] };
    }
  }
}
