import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import type { Pair } from '../../field.js';
import { canonicalCidr } from '../../comparators/cidr-spelling.js';
import { isEmpty, isObject, read } from '../../values.js';
import { indexKeys, squash } from './name-match.js';

/** One spelling for what tells members apart: numbers and booleans as text, ranges of addresses without host bits. */
function spelled(value: JsonValue | undefined): string | undefined {
  if (value === undefined || value === null || value === '' || typeof value === 'object')
    return undefined;
  const text = String(value);
  return canonicalCidr(text) ?? text.toLowerCase();
}

/** Name or last part of an ARN or path, so that a name finds the member an API lists by its ARN. */
function sameMember(declared: string, live: string | undefined): boolean {
  return live === declared || (live?.startsWith('arn:') === true && live.endsWith(`/${declared}`));
}

function held(element: JsonObject, key: string): string | undefined {
  const found = indexKeys(element).get(squash(key));
  return found === undefined ? undefined : spelled(read(element, found));
}

/**
 * The member of a parent's list that a part resource stands for. `element` pairs the attributes that tell members apart
 * with the API's names for them: those the code sets must agree, and one must be set. A list of plain texts holds its
 * members by themselves. Undefined when the list has no such member.
 */
export function memberOf(
  list: readonly JsonValue[],
  element: JsonValue | undefined,
  own: JsonObject,
): JsonObject | undefined {
  const wanted = Object.entries(isObject(element) ? element : {}).flatMap(([name, key]) => {
    const value = name.startsWith('=') ? name.slice(1) : spelled(read(own, name));
    return typeof key === 'string' && value !== undefined ? [{ name, key, value }] : [];
  });
  if (wanted.length === 0) return undefined;
  for (const one of list) {
    if (isObject(one)) {
      if (wanted.every(({ key, value }) => sameMember(value, held(one, key)))) return one;
      continue;
    }
    const match = wanted.find(({ value }) => sameMember(value, spelled(one)));
    if (match) return { [match.name]: read(own, match.name) ?? null };
  }
  return undefined;
}

/** Whether the code says which member it means; a reference only a provider resolves does not. */
export function namesMember(
  { declared }: Pair,
  element: JsonValue | undefined,
  own: JsonObject,
): boolean {
  const names = Object.keys(isObject(element) ? element : {});
  if (names.some((name) => declared.unresolvedPaths.includes(name))) return false;
  return names.some((name) => name.startsWith('=') || isPlain(read(own, name)));
}

/** A value as such, not an expression that somebody has yet to resolve. */
export function isPlain(value: JsonValue | undefined): boolean {
  return !isEmpty(value) && !(typeof value === 'string' && value.includes('${'));
}
