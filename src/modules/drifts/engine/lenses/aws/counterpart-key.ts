import type { JsonObject } from '../../../../../core/providers/index.js';
import { indexKeys, LIKENESS_LIMIT } from './name-match.js';
import { identical, isEmpty, read } from '../../values.js';

const words = (name: string): string[] => name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? [];

/** `Gte` for `GreaterThanOrEqual`: the letters, in order, open words of the long name, the first of them included. */
function abbreviates(short: string, long: string): boolean {
  const parts = words(long);
  if (short.length < 2 || short.length > parts.length || parts.length < 3) return false;
  const initials = parts.map((word) => word[0]?.toLowerCase() ?? '');
  const letters = short.toLowerCase();
  if (!letters.startsWith(initials[0] ?? '')) return false;
  let at = 0;
  for (const initial of initials) if (initial === letters[at]) at += 1;
  return at === letters.length;
}

/**
 * The key under which the live model holds what `key` declares: itself, the same word in another case (F19), or the long
 * form of a deprecated short one when it holds the very same value.
 */
export function counterpartKey(key: string, declared: JsonObject, actual: JsonObject): string {
  const value = read(declared, key);
  if (Object.hasOwn(actual, key) || isEmpty(value)) return key;
  // So many keys are a map of the user's own; searching it for each missing one would be quadratic.
  if (indexKeys(actual).size > LIKENESS_LIMIT) return key;
  const free = Object.keys(actual).filter((candidate) => !Object.hasOwn(declared, candidate));
  const lower = key.toLowerCase();
  return (
    free.find((candidate) => candidate.toLowerCase() === lower) ??
    free.find(
      (candidate) => abbreviates(key, candidate) && identical(read(actual, candidate), value),
    ) ??
    key
  );
}
