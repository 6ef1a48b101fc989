import type { FaultRule } from './fault-rule.js';

/** What a request asks for, in the words faults and counts use. */
export interface Call {
  readonly operation: string;
  readonly type: string | null;
  /** All of them, where one call may ask for several. */
  readonly types?: readonly string[];
  readonly region: string | null;
  readonly namespace: string | null;
  /** It asks for a page after the first. */
  readonly continues: boolean;
}

interface ActiveRule {
  readonly id: number;
  readonly rule: FaultRule;
  readonly random: () => number;
  fitted: number;
  hits: number;
}

/** The faults that are switched on. The first rule that hits a call decides. */
export class FaultPlan {
  private readonly rules: ActiveRule[] = [];
  private nextId = 1;

  /** `initial` are on from the start and again after `reset`. */
  constructor(private readonly initial: readonly FaultRule[] = []) {
    this.reset();
  }

  add(rule: FaultRule): number {
    const id = this.nextId++;
    this.rules.push({ id, rule, random: seededRandom(rule.seed ?? 1), fitted: 0, hits: 0 });
    return id;
  }

  remove(id: number): boolean {
    const index = this.rules.findIndex((active) => active.id === id);
    if (index >= 0) this.rules.splice(index, 1);
    return index >= 0;
  }

  clear(): void {
    this.rules.length = 0;
  }

  reset(): void {
    this.clear();
    for (const rule of this.initial) this.add(rule);
  }

  list(): { id: number; rule: FaultRule; hits: number }[] {
    return this.rules.map(({ id, rule, hits }) => ({ id, rule, hits }));
  }

  hit(call: Call): FaultRule | null {
    for (const active of this.rules) {
      if (!fits(active.rule, call)) continue;
      active.fitted += 1;
      const { skip = 0, times = Infinity, share = 1 } = active.rule;
      const drawn = active.random() < share;
      if (active.fitted <= skip || active.hits >= times || !drawn) continue;
      active.hits += 1;
      return active.rule;
    }
    return null;
  }
}

export function typesOf({ type, types = type === null ? [] : [type] }: Call): readonly string[] {
  return types;
}

function fits(rule: FaultRule, call: Call): boolean {
  if (rule.fault === 'expire' && !call.continues) return false;
  return (
    (rule.operation === undefined || rule.operation === call.operation) &&
    (rule.type === undefined || typesOf(call).includes(rule.type)) &&
    (rule.region === undefined || rule.region === call.region) &&
    (rule.namespace === undefined || rule.namespace === call.namespace)
  );
}

/** mulberry32 (public domain): the same storm on every run. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
