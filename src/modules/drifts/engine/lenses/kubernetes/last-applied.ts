import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import type { Field } from '../../field.js';
import { identical, isObject, read } from '../../values.js';
import { stepsTo } from './live-path.js';

const ANNOTATION = 'kubectl.kubernetes.io/last-applied-configuration';

/** Keys that tell the elements of Kubernetes lists apart, and what they stand for when left out. */
const ELEMENT_KEYS: readonly (readonly [key: string, fallback: JsonValue])[] = [
  ['name', null],
  ['containerPort', null],
  ['port', null],
  ['protocol', 'TCP'],
  ['mountPath', null],
  ['devicePath', null],
  ['ip', null],
  ['topologyKey', null],
  ['type', null],
  ['key', null],
];

const PARSED = new WeakMap<JsonObject, JsonObject | null>();

/** What `kubectl apply` sent last, as the annotation on the live object says; null when there is none. */
export function lastAppliedOf(live: JsonObject): JsonObject | null {
  const known = PARSED.get(live);
  if (known !== undefined) return known;
  const applied = parse(live);
  PARSED.set(live, applied);
  return applied;
}

function parse(live: JsonObject): JsonObject | null {
  const metadata = read(live, 'metadata');
  const annotations = isObject(metadata) ? read(metadata, 'annotations') : undefined;
  const annotation = isObject(annotations) ? read(annotations, ANNOTATION) : undefined;
  if (typeof annotation !== 'string') return null;
  try {
    const value = JSON.parse(annotation) as JsonValue;
    return isObject(value) && Object.keys(value).length > 0 ? value : null;
  } catch {
    // Someone wrote over the annotation: it is no evidence any more.
    return null;
  }
}

function sameElement(left: JsonValue, right: JsonValue | undefined): boolean {
  if (!isObject(left) || !isObject(right)) return identical(left, right);
  let shared = false;
  for (const [key, fallback] of ELEMENT_KEYS) {
    const [a, b] = [read(left, key) ?? fallback, read(right, key) ?? fallback];
    if (typeof a === 'object' && typeof b === 'object') continue;
    if (!identical(a, b)) return false;
    shared ||= key !== 'protocol';
    if (key === 'name') return true;
  }
  return shared;
}

/** Whether the last applied configuration had this live field: `unknown` without one. */
export function inLastApplied(field: Field): 'yes' | 'no' | 'unknown' {
  const live = field.pair.actual.properties;
  const applied = lastAppliedOf(live);
  if (applied === null) return 'unknown';
  const steps = stepsTo(live, field.actualPath);
  if (!steps) return 'unknown';
  let value: JsonValue | undefined = applied;
  for (const step of steps) {
    if (step.kind === 'key') value = isObject(value) ? read(value, step.key) : undefined;
    else {
      value = Array.isArray(value)
        ? value.find((element) => sameElement(element, step.value))
        : undefined;
    }
    if (value === undefined || value === null) return 'no';
  }
  return 'yes';
}
