import type { JsonObject, JsonValue } from '../../../core/providers/index.js';

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Own, enumerable read that never reaches a prototype. */
export function read(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Null, absent, `""`, `[]`, `{}`: what APIs use, interchangeably, for "nothing". False and 0 are values. */
export function isEmpty(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** Empty all the way down: `{ a: [], b: { c: null } }` says nothing either. */
export function isDeepEmpty(value: JsonValue | undefined): boolean {
  if (isEmpty(value)) return true;
  if (Array.isArray(value)) return value.every(isDeepEmpty);
  return isObject(value) && Object.values(value).every(isDeepEmpty);
}

/** Leaf values that say something; what coverage is counted in. */
export function countLeaves(value: JsonValue | undefined): number {
  if (isEmpty(value)) return 0;
  if (Array.isArray(value)) {
    let sum = 0;
    for (const item of value) sum += countLeaves(item);
    return sum;
  }
  if (!isObject(value)) return 1;
  let sum = 0;
  for (const key in value) sum += countLeaves(value[key]);
  return sum;
}

/** Number of leaves when both are identical (key order aside), otherwise -1. One walk for both questions. */
export function identicalLeaves(left: JsonValue | undefined, right: JsonValue | undefined): number {
  if (typeof left !== 'object' || left === null) {
    return left === right ? (isEmpty(left) ? 0 : 1) : -1;
  }
  if (typeof right !== 'object' || right === null) return -1;
  if (Array.isArray(left)) {
    if (!Array.isArray(right) || left.length !== right.length) return -1;
    let sum = 0;
    for (let index = 0; index < left.length; index++) {
      const leaves = identicalLeaves(left[index], right[index]);
      if (leaves < 0) return -1;
      sum += leaves;
    }
    return sum;
  }
  if (Array.isArray(right)) return -1;
  let sum = 0;
  let keys = 0;
  for (const key in left) {
    keys += 1;
    if (!Object.hasOwn(right, key)) return -1;
    const leaves = identicalLeaves(left[key], right[key]);
    if (leaves < 0) return -1;
    sum += leaves;
  }
  for (const _ in right) keys -= 1;
  return keys === 0 ? sum : -1;
}

export function identical(left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  return identicalLeaves(left, right) >= 0;
}

/** A text that is the same for values that differ only in key order; for sets and indexes, not for hashing estates. */
export function canonicalText(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalText(value[key] ?? null)}`).join(',')}}`;
}
