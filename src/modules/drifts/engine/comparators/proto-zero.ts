import type { JsonValue } from '../../../../core/providers/index.js';
import type { Comparator } from '../comparator.js';
import { isDeepEmpty, isObject } from '../values.js';

/** False, 0 and empty, all the way down. */
export function isZero(value: JsonValue | undefined): boolean {
  if (value === false || value === 0 || value === '0' || isDeepEmpty(value)) return true;
  if (Array.isArray(value)) return value.every(isZero);
  return isObject(value) && Object.values(value).every(isZero);
}

/**
 * An API that leaves zero values out of its answers (proto3 JSON mapping: fields with their default are omitted): false,
 * 0 and absent are the same there. Only where the lens says the field is of that kind.
 */
export const protoZero: Comparator = {
  name: 'zero-value-omitted',
  rule(declared, actual, { facts, pair }) {
    // Google's APIs do so throughout, also with what they do not always give back.
    const omitted = facts.absence === 'zero' || pair.actual.format === 'gcp-cai';
    if (!omitted || !isZero(declared) || !isZero(actual)) return undefined;
    if (!isDeepEmpty(declared) && !isDeepEmpty(actual)) return undefined;
    return { kind: 'same', why: 'The API leaves zero values out; absent and zero are the same.' };
  },
};
