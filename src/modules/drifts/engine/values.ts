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

/**
 * Number of leaves when both are identical (key order aside), otherwise -1. One walk for both questions, and the one
 * nine resources in ten need: equal scalars are settled in place, without a call.
 */
export function identicalLeaves(left: JsonValue | undefined, right: JsonValue | undefined): number {
  if (typeof left !== 'object' || left === null || typeof right !== 'object' || right === null) {
    return left === right ? (isEmpty(left) ? 0 : 1) : -1;
  }
  if (Array.isArray(left)) return Array.isArray(right) ? identicalItems(left, right) : -1;
  if (Array.isArray(right)) return -1;
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return -1;
  let sum = 0;
  for (const key of keys) {
    const one = left[key];
    const other = right[key];
    if (one === other && typeof one !== 'object') {
      if (one !== '') sum += 1;
      continue;
    }
    // A key that only the prototype has is not there; JSON has no undefined.
    if (other === undefined || !Object.hasOwn(right, key)) return -1;
    const leaves = identicalLeaves(one, other);
    if (leaves < 0) return -1;
    sum += leaves;
  }
  return sum;
}

function identicalItems(left: readonly JsonValue[], right: readonly JsonValue[]): number {
  if (left.length !== right.length) return -1;
  let sum = 0;
  for (let index = 0; index < left.length; index++) {
    const one = left[index];
    const other = right[index];
    if (one === other && typeof one !== 'object') {
      if (one !== '') sum += 1;
      continue;
    }
    const leaves = identicalLeaves(one, other);
    if (leaves < 0) return -1;
    sum += leaves;
  }
  return sum;
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
