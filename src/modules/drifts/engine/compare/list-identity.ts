import type { JsonObject, JsonValue } from '../../../../core/providers/index.js';
import type { FieldFacts } from '../field.js';
import { isObject, read } from '../values.js';

/** Names that identify an element in the lists of every API we know; a schema's own keys come first. */
const COMMON_IDENTITIES = [
  'Key',
  'key',
  'Id',
  'id',
  'Name',
  'name',
  'AttributeName',
  'IndexName',
  'Sid',
  'ContainerName',
];

/** Text of an identifying value; empty when absent, undefined for what cannot identify. */
function scalarText(value: JsonValue | undefined): string | undefined {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? undefined : String(value);
}

function keysOf(
  list: readonly JsonObject[],
  identity: readonly string[],
  defaults: FieldFacts['identityDefaults'] = {},
): string[] | undefined {
  const seen = new Set<string>();
  const keys: string[] = [];
  for (const item of list) {
    const parts = identity.map((name) => scalarText(read(item, name) ?? defaults[name]));
    if (parts.includes(undefined) || parts.every((part) => part === '')) return undefined;
    const key = parts.join('|');
    if (seen.has(key)) return undefined;
    seen.add(key);
    keys.push(key);
  }
  return keys;
}

export interface IdentifiedLists {
  readonly declared: ReadonlyMap<string, number>;
  readonly actual: ReadonlyMap<string, number>;
}

function index(keys: readonly string[]): Map<string, number> {
  return new Map(keys.map((key, position) => [key, position]));
}

/**
 * How the elements of two lists are told apart, when they are objects that carry an identity which is unique on both
 * sides. Undefined when they carry none.
 */
export function identifyElements(
  declared: readonly JsonValue[],
  actual: readonly JsonValue[],
  facts: FieldFacts,
): IdentifiedLists | undefined {
  if (!declared.every(isObject) || !actual.every(isObject)) return undefined;
  const candidates = facts.identity ? [facts.identity] : COMMON_IDENTITIES.map((name) => [name]);
  for (const identity of candidates) {
    const left = keysOf(declared, identity, facts.identityDefaults);
    const right = left && keysOf(actual, identity, facts.identityDefaults);
    if (left && right) return { declared: index(left), actual: index(right) };
  }
  return undefined;
}
