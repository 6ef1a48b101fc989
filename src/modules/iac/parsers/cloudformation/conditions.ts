import type { JsonObject, JsonValue } from '../../../../core/providers/index.js';
import { isObject, member } from '../json/read-json.js';
import type { EvaluationScope } from './outcome.js';
import { asText } from './outcome.js';

type Ternary = boolean | null;

/** Longer chains of conditions than any template has; beyond, they count as unknown. */
const MAX_CHAIN = 200;

/** Evaluates the `Conditions` section: true, false, or null when a fact is missing. Each condition once; cycles are unknown. */
export class Conditions {
  private readonly settled = new Map<string, Ternary>();
  private chain = 0;

  constructor(
    private readonly definitions: JsonObject,
    private readonly scope: () => EvaluationScope,
  ) {}

  holds(name: string): Ternary {
    const settled = this.settled.get(name);
    if (settled !== undefined) return settled;
    if (this.chain >= MAX_CHAIN) return null;
    // A condition that refers to itself finds this.
    this.settled.set(name, null);
    const definition = member(this.definitions, name);
    this.chain += 1;
    const result = definition === undefined ? null : this.evaluate(definition);
    this.chain -= 1;
    this.settled.set(name, result);
    return result;
  }

  private evaluate(node: JsonValue): Ternary {
    if (!isObject(node)) return null;
    const [[name, argument] = ['', null]] = Object.entries(node);
    const list = Array.isArray(argument) ? argument : [argument];
    switch (name) {
      case 'Condition':
        return typeof argument === 'string' ? this.holds(argument) : null;
      case 'Fn::Equals':
        return this.equals(list);
      case 'Fn::Not': {
        const inner = this.evaluate(list[0] ?? null);
        return inner === null ? null : !inner;
      }
      case 'Fn::And':
        return this.all(list, true);
      case 'Fn::Or':
        return this.all(list, false);
      default:
        return null;
    }
  }

  /** `wanted` true: and; false: or. One operand that differs decides, whatever the unknown ones are. */
  private all(list: readonly JsonValue[], wanted: boolean): Ternary {
    const results = list.map((item) => this.evaluate(item));
    if (results.includes(!wanted)) return !wanted;
    return results.includes(null) ? null : wanted;
  }

  private equals(list: readonly JsonValue[]): Ternary {
    const [left, right] = list.map((item) => this.scope().evaluate(item));
    if (left?.kind !== 'value' || right?.kind !== 'value') return null;
    const [a, b] = [left.value, right.value];
    return (asText(a) ?? JSON.stringify(a)) === (asText(b) ?? JSON.stringify(b));
  }
}
