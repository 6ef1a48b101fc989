import type { JsonObject, JsonValue } from '../../../../core/providers/index.js';
import type { Pair } from '../field.js';
import type { SecuritySense, SecuritySeverity } from '../findings.js';
import { isEmpty, isObject, read } from '../values.js';
import { onScale } from './scales.js';
import { SEVERITIES, turned } from './sense.js';
import type { Turn } from './turn.js';
import { amountOf, isNothing, switchOf, textsOf } from './values.js';
import { squash } from './words.js';

type Side = JsonValue | undefined;

/** See scripts/catalogues/security.mjs: what a published check asks of one setting. */
interface Demand {
  readonly kind: string;
  readonly value: JsonValue;
  readonly severity: SecuritySeverity;
  readonly check: string;
  readonly when: JsonObject | null;
}

function demandOf(entry: JsonValue): Demand | undefined {
  if (!Array.isArray(entry)) return undefined;
  const [kind, value = null, severity, check, when] = entry;
  const grade = SEVERITIES.find((one) => one === severity) ?? null;
  return typeof kind === 'string' && typeof check === 'string'
    ? { kind, value, severity: grade, check, when: isObject(when) ? when : null }
    : undefined;
}

/** Catalogue and type name: one file a service, see the generator. */
function fileOf(provider: string, type: string): string {
  if (type.includes('::'))
    return `security/${provider}/${(type.split('::')[1] ?? '').toLowerCase()}`;
  if (type.includes('.'))
    return `security/${provider}/${(type.split(/[./]/)[0] ?? '').toLowerCase()}`;
  return `security/${provider}/${type.split('_')[1] ?? type}`;
}

function* demandsFor(turn: Turn, { declared, actual, knowledge }: Pair): Generator<Demand> {
  const { provider } = declared;
  const path = turn.words.map(squash).join('.');
  const places: (readonly [type: string, path: string])[] = [
    [declared.type, path],
    // ARM does not tell upper from lower case in types, and answers them in either.
    [provider === 'azure' ? actual.type.toLowerCase() : actual.type, path],
  ];
  // Whatever runs pods carries a pod's template.
  if (provider === 'kubernetes') places.push(['kubernetes_pod', path.replace(/^.*template\./, '')]);
  const seen = new Set<string>();
  for (const [type, place] of places) {
    if (seen.has(type)) continue;
    seen.add(type);
    const entry = knowledge.load(fileOf(provider, type))?.[type];
    const demands = isObject(entry) ? read(entry, place) : undefined;
    if (!Array.isArray(demands)) continue;
    for (const one of demands) {
      const demand = demandOf(one);
      if (demand) yield demand;
    }
  }
}

function applies({ when }: Demand, { afterIn, beforeIn }: Turn): boolean {
  if (when === null) return true;
  const around = afterIn[0] ?? beforeIn[0] ?? {};
  const before = beforeIn[0] ?? {};
  return Object.entries(when).every(
    ([key, value]) => read(around, key) === value || read(before, key) === value,
  );
}

function isSame(value: Side, asked: JsonValue): boolean {
  if (value === undefined || value === null) return false;
  const position = switchOf(asked);
  if (position !== undefined) return switchOf(value) === position;
  return textsOf(value).join().toLowerCase() === textsOf(asked).join().toLowerCase();
}

/** Whether a value is what the check asks for; undefined where nobody can tell. */
function meets({ kind, value: asked }: Demand, value: Side): boolean | undefined {
  switch (kind) {
    case 'is':
      // A setting that is not there has its default, and checks ask for what is not the default; except for "off".
      if (isEmpty(value)) return switchOf(asked) === 'off' ? undefined : false;
      return isSame(value, asked);
    case 'set':
      return !isNothing(value);
    case 'has': {
      const own = new Set(textsOf(value).map((text) => text.toLowerCase()));
      return textsOf(asked).every((text) => own.has(text.toLowerCase()));
    }
    case 'only': {
      const allowed = new Set(textsOf(asked).map((text) => text.toLowerCase()));
      return isEmpty(value)
        ? undefined
        : textsOf(value).every((text) => allowed.has(text.toLowerCase()));
    }
    case 'min':
    case 'max': {
      const [own, bound] = [amountOf(value), amountOf(asked)];
      if (own === undefined || bound === undefined) return undefined;
      return kind === 'min' ? own >= bound : own > 0 && own <= bound;
    }
    default:
      return undefined;
  }
}

/** Which way a setting of a published check went: away from what the check asks for, or towards it. */
export function publishedSense(turn: Turn, pair: Pair): SecuritySense | undefined {
  for (const demand of demandsFor(turn, pair)) {
    if (!applies(demand, turn)) continue;
    const { severity, check } = demand;
    // A stronger choice than the one the check names is no step away from it.
    const step = onScale(turn);
    if (step !== undefined) {
      const way = step < 0 ? 'Weaker' : 'Stronger';
      return turned(step < 0, severity, `${way} than before; checked by ${check}.`);
    }
    const [before, after] = [meets(demand, turn.before), meets(demand, turn.after)];
    if (before === after) continue;
    if (after === false) return turned(true, severity, `No longer what ${check} asks for.`);
    if (after === true) return turned(false, severity, `Now what ${check} asks for.`);
  }
  return undefined;
}
