import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import { isObject, read } from '../../values.js';
import { keyInAnyCase } from '../any-case.js';
import type { ArmPlace } from './azurerm-overlay.js';

/** Own property whatever its case, as ARM reads names. */
export function readAnyCase(object: JsonObject, name: string): JsonValue | undefined {
  const key = keyInAnyCase(object, name);
  return key === undefined ? undefined : read(object, key);
}

export function follow(from: JsonObject, path: readonly string[]): JsonValue | undefined {
  let value: JsonValue | undefined = from;
  for (const key of path) {
    if (Array.isArray(value) && /^\d$/.test(key)) value = value[Number(key)];
    else value = isObject(value) ? readAnyCase(value, key) : undefined;
  }
  return value;
}

const OPPOSITES: Readonly<Record<string, string>> = {
  enabled: 'Disabled',
  disabled: 'Enabled',
  allow: 'Deny',
  deny: 'Allow',
};

/** The other position of a switch; anything else as it is. */
export function opposite(value: JsonValue | undefined): JsonValue | undefined {
  if (typeof value === 'boolean') return !value;
  return typeof value === 'string' ? (OPPOSITES[value.toLowerCase()] ?? value) : value;
}

/** The value an overlay's place stands for. */
export function valueAt(
  place: ArmPlace,
  path: readonly string[],
  from: JsonObject,
): JsonValue | undefined {
  const value = follow(from, path);
  if (place.negated) return opposite(value);
  if (place.alias?.arm === value) return place.alias?.terraform;
  if (place.part && typeof value === 'string') {
    const parts = value.split(place.part.separator).map((part) => part.trim());
    return place.part.index === null ? parts : parts[place.part.index];
  }
  const { each } = place;
  if (each === null || !Array.isArray(value)) return value;
  return value.map((item) => (isObject(item) ? (follow(item, each.split('.')) ?? null) : item));
}

function idOf(value: JsonValue): JsonValue {
  const id = isObject(value) ? readAnyCase(value, 'id') : undefined;
  return typeof id === 'string' ? id : value;
}

/** The last part of an id, where azurerm refers to a sibling by its name. */
function nameOf(id: JsonValue | undefined): JsonValue | undefined {
  return typeof id === 'string' && id.startsWith('/subscriptions/') ? id.split('/').at(-1) : id;
}

/** ARM writes a reference as `{ id }` where azurerm writes the id itself, or only the name. */
export function unwrapIds(
  key: string,
  declared: JsonValue | undefined,
  actual: JsonValue | undefined,
): JsonValue | undefined {
  if (typeof declared === 'string') {
    const id = isObject(actual) ? idOf(actual) : actual;
    return key.endsWith('_name') && !declared.includes('/') ? nameOf(id) : id;
  }
  if (!Array.isArray(declared)) return actual;
  // A field that was once single (`addressPrefix`) and of which there may be several since.
  if (typeof actual === 'string') return [actual];
  if (!Array.isArray(actual)) return actual;
  return declared.every((item) => typeof item === 'string') ? actual.map(idOf) : actual;
}

/** `identity { type, identity_ids }` of azurerm, out of ARM's `identity`. */
export function identityOf(actual: JsonObject): JsonValue | undefined {
  const identity = readAnyCase(actual, 'identity');
  if (!isObject(identity)) return undefined;
  const assigned = readAnyCase(identity, 'userAssignedIdentities');
  return { ...identity, identity_ids: isObject(assigned) ? Object.keys(assigned) : [] };
}

const SWITCH = /^(true|false|enabled?|disabled?|on|off|allow|deny)$/i;

/**
 * A single value is never a whole object: then the name means something else, `x: { enabled }` for `x_enabled`. Nor is a
 * switch a word that names no position (`state: Running`), or a number a word.
 */
export function mayStandFor(
  key: string,
  given: JsonValue | undefined,
  actual: JsonValue | undefined,
): boolean {
  if (typeof actual === 'string' && actual !== '') {
    if (typeof given === 'boolean') return SWITCH.test(actual);
    if (typeof given === 'number') return /^[+-]?\d/.test(actual) || /^P[\dT]/.test(actual);
  }
  // A document may be written as JSON text.
  const text = typeof given === 'string' && !/^\s*[[{]/.test(given);
  const single = typeof given === 'boolean' || typeof given === 'number' || text;
  return !single || !isObject(unwrapIds(key, given, actual));
}
