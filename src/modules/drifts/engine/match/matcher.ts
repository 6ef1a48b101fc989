import { NumberLists, TextIndex } from '../../../../core/collections/index.js';
import type { ActualResource, DeclaredResource } from '../../../../core/providers/index.js';
import type { Knowledge } from '../knowledge.js';
import { parentCount } from './aws-identity.js';
import { knownKeys } from '../recall/outcome-memory.js';
import { wasCreated } from './identity-evidence.js';
import { actualKeys, declaredKeys, TYPED, UNSAID } from './identity.js';
import { nativeTypes, ownType } from './native-types.js';
import { sameKind } from './same-kind.js';

/** Ranks beyond this one count as this one; nothing has so many keys. */
const LAST_RANK = 1023;
const RANKS = LAST_RANK + 1;

/**
 * Matches by identity in O(n): declared resources are indexed once, live ones look themselves up as they arrive.
 * Several declared resources may describe one live one (a bucket and its separate versioning resource); a declared one
 * belongs to the first live resource that answers its surest key.
 */
export class Matcher {
  private readonly keys = new TextIndex();
  /**
   * By number of the key, the declared resources that answer to it: position and rank of the key in one number. The lower the rank,
   * the surer the key.
   */
  private readonly claims = new NumberLists();
  private readonly matched: (ActualResource | undefined)[];
  private readonly rank: Uint16Array;
  /** Every live resource a part of several stands in. */
  private readonly besides = new Map<DeclaredResource, ActualResource[]>();
  private readonly typesOf = new Map<string, ReadonlySet<string>>();

  constructor(
    private readonly declared: readonly DeclaredResource[],
    private readonly knowledge: Knowledge,
    home?: string,
  ) {
    this.matched = new Array<ActualResource | undefined>(declared.length).fill(undefined);
    this.rank = new Uint16Array(declared.length).fill(RANKS);
    for (const [position, resource] of declared.entries()) {
      if (parentCount(resource, knowledge) > 1) this.besides.set(resource, []);
      const keys = knownKeys(resource) ?? declaredKeys(resource, knowledge, home);
      for (const [rank, key] of keys.entries()) {
        const claim = position * RANKS + Math.min(rank, LAST_RANK);
        this.claims.add(this.keys.add(key), claim);
      }
    }
  }

  /** True when the live resource belongs to something declared. */
  observe(actual: ActualResource): boolean {
    let managed = false;
    for (const key of knownKeys(actual) ?? actualKeys(actual)) {
      const number = this.keys.find(key);
      if (number < 0 || (managed && key.startsWith(UNSAID))) continue;
      const typed = key.startsWith(TYPED);
      for (const claim of this.claims.of(number)) {
        const position = Math.floor(claim / RANKS);
        const rank = claim % RANKS;
        if (typed && !this.mayBe(position, actual)) continue;
        managed = true;
        this.standsIn(position, actual);
        if (rank >= (this.rank[position] ?? RANKS)) continue;
        this.rank[position] = rank;
        this.matched[position] = actual;
      }
    }
    return managed;
  }

  private standsIn(position: number, actual: ActualResource): void {
    const resource = this.declared[position];
    if (this.besides.size > 0 && resource) this.besides.get(resource)?.push(actual);
  }

  private mayBe(position: number, actual: ActualResource): boolean {
    const resource = this.declared[position];
    if (resource === undefined || livesElsewhere(resource, actual)) return false;
    const own = ownType(resource);
    const key = own === null ? resource.type : `${resource.type} ${own}`;
    let types = this.typesOf.get(key);
    if (types === undefined) {
      types = new Set(nativeTypes(resource, this.knowledge));
      this.typesOf.set(key, types);
    }
    return types.has(actual.type.toLowerCase());
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

  /** The further live resources a part of several stands in (a policy for two queues), beside the one of its pair. */
  alsoIn(declared: DeclaredResource, actual: ActualResource): readonly ActualResource[] {
    if (this.besides.size === 0) return [];
    const all = this.besides.get(declared) ?? [];
    return [...new Set(all)].filter((one) => one !== actual);
  }

  *pairs(): Iterable<{ declared: DeclaredResource; actual: ActualResource | undefined }> {
    for (const [position, declared] of this.declared.entries()) {
      yield { declared, actual: this.matched[position] };
    }
  }
}

/** Names are unique within an account and region only: the queue `jobs` of another one is another queue. Bucket names are unique everywhere. */
function livesElsewhere(declared: DeclaredResource, actual: ActualResource): boolean {
  if (actual.provider !== 'aws' || declared.provider !== 'aws') return false;
  if (differs(declared.scope.accountId, actual.scope.accountId)) return true;
  const isBucket = actual.type.toLowerCase() === 'aws::s3::bucket';
  return !isBucket && differs(declared.scope.region, actual.scope.region);
}

/** What one side does not say contradicts nothing. */
function differs(left: string | null, right: string | null): boolean {
  return left !== null && right !== null && left !== right;
}
