import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import type { Knowledge } from '../../knowledge.js';
import { listAtoms } from '../../comparators/security-group-atoms.js';
import { identical, isObject, read } from '../../values.js';
import type { Settled, Surroundings } from './settle-undeclared.js';

interface Rule {
  /** Every value the service may choose by itself. */
  readonly values: readonly JsonValue[];
  /** Turning it away from this value weakens a protection. */
  readonly secure: boolean;
  /** Only while none of these properties is declared. */
  readonly unless: readonly string[];
  /** Only while the live model holds these values. */
  readonly when: JsonObject;
}

function rule(entry: JsonValue): Rule | undefined {
  if (!isObject(entry)) return undefined;
  const values = read(entry, 'values');
  const unless = read(entry, 'unless');
  const when = read(entry, 'when');
  if (!Array.isArray(values)) return undefined;
  return {
    values,
    secure: read(entry, 'secure') === true,
    unless: Array.isArray(unless) ? unless.filter((item) => typeof item === 'string') : [],
    when: isObject(when) ? when : {},
  };
}

/** Service defaults no schema carries, from the hand-written overlay `aws/service-defaults`, each with its source there. */
export class ServiceDefaults {
  private readonly rules: ReadonlyMap<string, readonly Rule[]>;

  constructor(entries: JsonObject) {
    const rules = new Map<string, readonly Rule[]>();
    for (const [path, entry] of Object.entries(entries)) {
      const parsed = (Array.isArray(entry) ? entry : [entry]).map(rule);
      rules.set(
        path,
        parsed.filter((one) => one !== undefined),
      );
    }
    this.rules = rules;
  }

  judge(path: string, value: JsonValue, { declared, actual }: Surroundings): Settled | undefined {
    for (const known of this.rules.get(path) ?? []) {
      const holds = Object.entries(known.when).every(([name, want]) =>
        identical(read(actual, name), want),
      );
      if (!holds || known.unless.some((name) => Object.hasOwn(declared, name))) continue;
      if (known.values.some((candidate) => matches(candidate, value))) return 'default';
      return known.secure ? 'insecure' : 'away';
    }
    return undefined;
  }
}

/**
 * The same value, where some APIs write every scalar as text; of two policies, the same statements, because the version
 * is filled in by the service.
 */
function matches(candidate: JsonValue, value: JsonValue): boolean {
  if (identical(candidate, value) || sameRules(candidate, value)) return true;
  if (typeof value === 'string' && typeof candidate !== 'object')
    return String(candidate) === value;
  if (!isObject(candidate) || !isObject(value)) return false;
  const statements = read(candidate, 'Statement');
  return statements !== undefined && identical(statements, read(value, 'Statement'));
}

/** Security group rules, whatever else is said beside protocol, ports and source. */
function sameRules(candidate: JsonValue, value: JsonValue): boolean {
  const left = Array.isArray(candidate) ? listAtoms(candidate, null) : undefined;
  const right = Array.isArray(value) ? listAtoms(value, null) : undefined;
  if (left?.size !== right?.size) return false;
  return left !== undefined && [...left.keys()].every((key) => right?.has(key) === true);
}

const NONE = new ServiceDefaults({});
const kept = new WeakMap<JsonObject, ServiceDefaults>();

export function serviceDefaults(type: string, knowledge: Knowledge): ServiceDefaults {
  const entries = knowledge.load('aws/service-defaults')?.[type];
  if (!isObject(entries)) return NONE;
  const known = kept.get(entries);
  if (known) return known;
  const defaults = new ServiceDefaults(entries);
  kept.set(entries, defaults);
  return defaults;
}
