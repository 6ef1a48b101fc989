import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import { isObject, read } from '../../values.js';
import { indexKeys, squash } from './name-match.js';

export interface Found {
  readonly value: JsonValue;
  readonly segments: readonly (string | number)[];
  /** False when only likeness speaks for it. */
  readonly sure: boolean;
}

/** `Name`, or the element of a list that is called something: `LoadBalancerAttributes[key=idle_timeout.timeout_seconds]`. */
const STEP = /([^.[\]]+)(?:\[(\w+)=([^\]]+)\])?/g;

type Place = Pick<Found, 'value' | 'segments'>;

function named(value: JsonValue | undefined, name: string): Place | undefined {
  const key = isObject(value) ? indexKeys(value).get(squash(name)) : undefined;
  const held = key !== undefined && isObject(value) ? read(value, key) : undefined;
  return key === undefined || held === undefined ? undefined : { value: held, segments: [key] };
}

/** The elements whose `key` starts with `prefix`, without it: `{ "access_logs.s3.bucket": … }` as `{ bucket: … }`. */
function group(list: readonly JsonValue[], key: string, prefix: string): JsonObject | undefined {
  const found: JsonObject = {};
  for (const one of list) {
    const name = named(one, key)?.value;
    const value = named(one, 'value')?.value;
    if (typeof name === 'string' && name.startsWith(prefix) && value !== undefined)
      found[name.slice(prefix.length)] = value;
  }
  return Object.keys(found).length === 0 ? undefined : found;
}

const isCalled = (value: JsonValue | undefined, wanted: string): boolean =>
  value !== undefined && typeof value !== 'object' && String(value) === wanted;

function chosen(value: JsonValue, key: string, wanted: string): Place | undefined {
  if (!Array.isArray(value)) return undefined;
  if (wanted.endsWith('*')) {
    const all = group(value, key, wanted.slice(0, -1));
    return all && { value: all, segments: [] };
  }
  const position = value.findIndex((one) => isCalled(named(one, key)?.value, wanted));
  const element = value[position];
  return element === undefined ? undefined : { value: element, segments: [position] };
}

function follow(name: string, actual: JsonObject): Place | undefined {
  let at: Place = { value: actual, segments: [] };
  for (const [, step = '', key, wanted] of name.matchAll(STEP)) {
    const next = named(at.value, step);
    const place = next && key !== undefined ? chosen(next.value, key, wanted ?? '') : next;
    if (!next || !place) return undefined;
    const inside = place === next ? [] : place.segments;
    at = { value: place.value, segments: [...at.segments, ...next.segments, ...inside] };
  }
  return at;
}

/** A published name that stands inside another object or list: `Placement.AvailabilityZone`. */
export function publishedPlace(names: readonly string[], actual: JsonObject): Found | undefined {
  for (const name of names) {
    if (!/[.[]/.test(name)) continue;
    const place = follow(name, actual);
    if (place) return { ...place, sure: true };
  }
  return undefined;
}

const STANDS_OPEN = /^(enabled|disabled|on|off)$/i;

/**
 * Places every API keeps to: the values of a counted list are its `Items`, and what code switches by `enabled` an API may tell by a
 * `Status` or `State` that is a word for on or off.
 */
export function usualPlace(
  key: string,
  value: JsonValue,
  index: ReadonlyMap<string, string>,
  actual: JsonObject,
): Found | undefined {
  const name = Array.isArray(value) && index.has('quantity') ? index.get('items') : undefined;
  const word = key === 'enabled' ? (index.get('status') ?? index.get('state')) : undefined;
  const place = name ?? word;
  const held = place === undefined ? undefined : read(actual, place);
  if (place === undefined || held === undefined) return undefined;
  if (word !== undefined && !(typeof held === 'string' && STANDS_OPEN.test(held))) return undefined;
  return { value: held, segments: [place], sure: true };
}
