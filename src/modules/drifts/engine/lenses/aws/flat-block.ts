import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import { isObject, read } from '../../values.js';
import { indexKeys, squash } from './name-match.js';
import type { Found } from './published-place.js';

/** Where an API writes a number that nobody set. */
const UNSET = -1;

/**
 * A block of the code whose members the API holds flat, each under the name of the block and its own: `expiration { days }` is
 * `expirationInDays`, `noncurrent_version_expiration { noncurrent_days }` is `noncurrentVersionExpirationInDays`. Undefined where the
 * value is no block, or nothing of it is there.
 */
export function flatBlock(
  key: string,
  value: JsonValue | undefined,
  members: readonly string[],
  actual: JsonObject,
): Found | undefined {
  if (!Array.isArray(value) || !value.every(isObject) || value.length > 1) return undefined;
  const block = squash(key);
  const index = indexKeys(actual);
  if (members.length === 0 || index.has(block)) return undefined;
  let place: string | undefined;
  const held: JsonObject = {};
  for (const [short, name] of index) {
    if (!short.startsWith(block)) continue;
    const rest = short.slice(block.length).replace(/^in(?=.)/, '');
    const member = memberCalled(rest, members);
    const live = read(actual, name);
    if (member === undefined || live === undefined || typeof live === 'object') continue;
    place ??= name;
    if (live !== UNSET) held[member] = live;
  }
  if (place === undefined) return undefined;
  return { value: Object.keys(held).length === 0 ? [] : [held], segments: [place], sure: true };
}

function memberCalled(rest: string, members: readonly string[]): string | undefined {
  if (rest === '') return undefined;
  const named = members.filter((member) => squash(member) === rest);
  const ending = members.filter((member) => squash(member).endsWith(rest));
  const [only] = named.length === 1 ? named : ending.length === 1 ? ending : [];
  return only;
}
