import type { ActualResource, DeclaredResource } from '../../../../core/providers/index.js';
import type { Knowledge } from '../knowledge.js';
import { actualKeys, declaredKeys } from './identity.js';

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
    knowledge: Knowledge,
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

  *pairs(): Iterable<{ declared: DeclaredResource; actual: ActualResource | undefined }> {
    for (const [position, declared] of this.declared.entries()) {
      yield { declared, actual: this.matched[position] };
    }
  }
}
