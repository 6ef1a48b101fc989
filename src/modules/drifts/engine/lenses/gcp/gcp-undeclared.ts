import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import type { FieldFacts } from '../../field.js';
import type { LensNode, UndeclaredField } from '../../lens.js';
import { isObject, read } from '../../values.js';
import { isZero } from '../../comparators/proto-zero.js';
import { snakeCase } from './api-names.js';
import type { GcpPosition, GcpSubject } from './gcp-position.js';
import { isPlatformLabel, isServiceEntry, withoutPlatformLabels } from './platform-labels.js';

/** What is asked of a position to weigh what only the API has there. */
export interface GcpPlace extends LensNode {
  readonly subject: GcpSubject;
  readonly at: GcpPosition;
  withExtras(extras: FieldFacts['extras']): LensNode;
  /** The position of the API's key `key`, which the code does not mention. */
  besides(key: string, path: string): GcpPlace;
  moved(path: string): LensNode;
}

export function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

const isSwitch = (key: string): boolean => key === 'enabled' || key === 'enable';

function isSameText(left: JsonValue, right: JsonValue): boolean {
  if (typeof left === 'object' || typeof right === 'object') return false;
  return String(left).toLowerCase() === String(right).toLowerCase();
}

function isPlace(node: LensNode): node is GcpPlace {
  return 'besides' in node;
}

/**
 * Whether a value nobody declared was set by somebody: it stands in an argument that neither the API nor a default
 * fills in, and it is not the zero value.
 */
function isSet(place: GcpPlace, value: JsonValue): boolean {
  const { facts, at, subject } = place;
  if (facts.readOnly === true || at.freeMap || isZero(value)) return false;
  const fallback = facts.default ?? subject.silence.documentedDefault(at.path);
  if (fallback !== undefined && isSameText(fallback, value)) return false;
  if (!isObject(value)) return true;
  return subject.silence.writtenIn(at.path).some((name) => {
    const found = place.child(name, { [name]: null }, value);
    if (found.kind !== 'value' || found.value === undefined) return false;
    return isPlace(found.node) && isSet(found.node, found.value);
  });
}

/** Arguments that stay empty unless somebody sets them, and that the API has a value for. */
function* setBySomebody(
  place: GcpPlace,
  actual: JsonObject,
  claimed: Set<string>,
  declared: JsonObject,
): Iterable<UndeclaredField> {
  const { silence, speaksTerraform } = place.subject;
  for (const name of silence.unfilledIn(place.at.path)) {
    if (Object.hasOwn(declared, name)) continue;
    const found = place.child(name, { [name]: null }, actual);
    if (found.kind !== 'value' || found.value === undefined) continue;
    const [key] = found.claims;
    if (key === undefined || (found.segments.length === 1 && claimed.has(key))) continue;
    if (!isPlace(found.node) || !isSet(found.node, found.value)) continue;
    // Terraform allows defaults for single values only; a word or a number may be one nobody published.
    if (typeof found.value === 'string' || typeof found.value === 'number') continue;
    const node = found.node.withExtras(speaksTerraform ? 'confirmed' : 'potential');
    yield { key: name, actualKey: found.segments.join('.'), value: found.value, node };
    if (found.segments.length === 1) claimed.add(key);
  }
}

function* entriesOf(
  place: GcpPlace,
  actual: JsonObject,
  claimed: ReadonlySet<string>,
): Iterable<UndeclaredField> {
  for (const key of Object.keys(actual)) {
    const value = read(actual, key);
    if (claimed.has(key) || value === undefined || isPlatformLabel(key)) continue;
    if (!isServiceEntry(key, value)) yield { key, actualKey: key, value, node: place.element() };
  }
}

/** What the API has at a place and the code does not mention. */
export function* undeclaredAt(
  place: GcpPlace,
  actual: JsonObject,
  declaredKeys: ReadonlySet<string>,
  declared: JsonObject,
): Iterable<UndeclaredField> {
  const { at, subject } = place;
  if (at.freeMap) {
    yield* entriesOf(place, actual, declaredKeys);
    return;
  }
  const claimed = new Set(declaredKeys);
  yield* setBySomebody(place, actual, claimed, declared);
  for (const key of Object.keys(actual)) {
    const value = read(actual, key);
    if (claimed.has(key) || value === undefined || isPlatformLabel(key)) continue;
    const name = snakeCase(key);
    const path = join(at.path, name);
    const own = value === false && isSwitch(key) && at.path !== '';
    if (own && subject.fields.find(path) === undefined) {
      // Terraform says so by writing the block at all.
      if (!subject.silence.knows(path))
        yield { key: name, actualKey: key, value, declared: true, node: place.moved(path) };
      continue;
    }
    const node = place.besides(key, path);
    const rest = node.at.freeMap ? withoutPlatformLabels(value) : value;
    if (rest !== undefined) yield { key: name, actualKey: key, value: rest, node };
  }
}
