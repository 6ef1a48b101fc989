import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import { isDeepEmpty, isObject, read } from '../../values.js';
import { indexKeys, squash } from './name-match.js';

/** A block that is there and says nothing more: `none {}`. */
function isBareBlock(value: JsonValue | undefined): boolean {
  return Array.isArray(value) && value.length === 1 && isObject(value[0]) && isDeepEmpty(value[0]);
}

/**
 * Blocks that choose by being there (`allow {}`, `count {}`, `none {}`): the code wrote `key`, the live object does not have it
 * and has another that the code left empty. Only then does the absence of an empty block say something.
 */
export function isChoiceUndone(key: string, declared: JsonObject, actual: JsonObject): boolean {
  if (!isBareBlock(read(declared, key))) return false;
  const index = indexKeys(actual);
  if (index.has(squash(key))) return false;
  return Object.keys(declared).some((other) => {
    const value = read(declared, other);
    const live = index.get(squash(other));
    const left = Array.isArray(value) && value.length === 0;
    return other !== key && left && live !== undefined && isObject(read(actual, live));
  });
}
