import type { IgnoreRules } from '../ignore/ignore-rules.js';
import type { Neighbours, ScanEstate } from '../scan-facts.js';
import { type OutcomeMemory, type OutcomeTrace, stampOf } from './outcome-memory.js';

/** An outcome that may be taken over by the next scan; `key` finds it again. */
export interface Remembered {
  readonly key: string;
  readonly trace: OutcomeTrace;
}

/**
 * Decides whether the outcome of an earlier scan still holds. It does when the key is the same (both resources, the rules and
 * options of the run, the version of the engine) and every group of neighbours it looked at has the same members.
 */
export class Recollection {
  private readonly digests = new Map<Neighbours, string | null>();
  private readonly run: string;

  /** @param circumstances what else every outcome of this run depends on, as JSON can write it */
  constructor(
    private readonly memory: OutcomeMemory,
    private readonly estate: ScanEstate,
    private readonly rules: IgnoreRules,
    circumstances: unknown,
  ) {
    this.run = memory.hash(JSON.stringify([memory.version, circumstances]));
  }

  /** Null when one of the resources carries no stamp. `facts`: what else this outcome depends on. */
  keyOf(resources: readonly object[], facts: readonly unknown[]): string | null {
    const stamps = resources.map(stampOf);
    if (stamps.includes(null)) return null;
    const rest = this.memory.hash(JSON.stringify([this.run, ...facts]));
    return `${stamps.join('')}${rest}`;
  }

  /** True when the outcome kept under this key is the one that looking again would give; its ignore rules count as needed. */
  holds(key: string): boolean {
    const trace = this.memory.recall(key);
    if (trace === undefined) return false;
    for (const [neighbours, digest] of Object.entries(trace.looked)) {
      if (this.digestOf(neighbours as Neighbours) !== digest) return false;
    }
    this.rules.useAgain(trace.rules);
    return true;
  }

  /** Runs `look` and writes down what it depended on. Undefined beside the result when that cannot be told for sure. */
  trace<T>(key: string | null, look: () => T): readonly [result: T, remembered?: Remembered] {
    if (key === null) return [look()];
    const [[result, rules], neighbours] = this.estate.watch(() => this.rules.watch(look));
    const looked: Record<string, string> = {};
    for (const one of [...neighbours].sort()) {
      const digest = this.digestOf(one);
      if (digest === null) return [result];
      looked[one] = digest;
    }
    return [result, { key, trace: { looked, rules } }];
  }

  hash(text: string): string {
    return this.memory.hash(text);
  }

  /** Null when a member carries no stamp. In no order, because an inventory answers in any. */
  private digestOf(neighbours: Neighbours): string | null {
    const known = this.digests.get(neighbours);
    if (known !== undefined) return known;
    const stamps = this.estate.membersOf(neighbours).map(stampOf);
    const digest = stamps.includes(null) ? null : this.memory.hash(stamps.sort().join(' '));
    this.digests.set(neighbours, digest);
    return digest;
  }
}
