import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import { identical, isEmpty, isObject, read } from '../../values.js';
import { sameQuantity } from '../../comparators/kubernetes-quantity.js';
import type { FieldSchema, TypeSchema } from './schema.js';

function isZero(value: JsonValue): boolean {
  return value === false || value === 0 || value === '';
}

function matchesDefault(
  expected: JsonValue,
  value: JsonValue,
  type: TypeSchema | null,
  depth: number,
): boolean {
  if (identical(expected, value)) return true;
  if (Array.isArray(expected) && Array.isArray(value)) {
    return (
      expected.length === value.length &&
      value.every((item, index) => matchesDefault(expected[index] ?? null, item, type, depth))
    );
  }
  if (isObject(expected) && isObject(value)) {
    return Object.entries(value).every(([key, item]) => {
      const stated = read(expected, key);
      const below = type?.field(key);
      if (stated !== undefined && matchesDefault(stated, item, below?.type ?? null, depth + 1)) {
        return true;
      }
      return below !== undefined && isServerDefault(below, item, expected, depth + 1);
    });
  }
  return sameQuantity(expected, value);
}

/**
 * Whether a live value the code does not mention is only what the API server fills in by itself: the default of the
 * field, allocated values, or a struct made of nothing but those.
 */
export function isServerDefault(
  field: FieldSchema,
  value: JsonValue,
  declaredParent: JsonObject,
  depth = 0,
): boolean {
  if (depth > 20) return false;
  if (field.allocated !== null || field.facts.readOnly === true) return true;
  const defaults = field.defaultsFor(declaredParent);
  if (defaults.some((expected) => matchesDefault(expected, value, field.type, depth))) return true;
  const [expected] = defaults;
  if (isEmpty(value)) return expected === undefined && field.facts.explicitEmpty !== true;
  if (expected === undefined && field.zero && isZero(value)) return true;
  const { shape, type } = field;
  if (shape !== 'struct' || type === null || !isObject(value)) return false;
  return Object.entries(value).every(([key, item]) =>
    isServerDefault(type.field(key), item, {}, depth + 1),
  );
}

/**
 * Whether the code's silence already says what the value should be, and it is another: the default is published, or the
 * field is a plain number or boolean whose unset value is zero.
 */
export function isAwayFromDefault(
  field: FieldSchema,
  value: JsonValue,
  declaredParent: JsonObject,
  depth = 0,
): boolean {
  if (depth > 20 || isServerDefault(field, value, declaredParent, depth)) return false;
  if (typeof value !== 'object') {
    const expected = field.defaultFor(declaredParent);
    return expected === undefined ? field.zero : typeof expected !== 'object';
  }
  // A published list is all there is without a word in the code; another list is not it.
  if (Array.isArray(value) && Array.isArray(field.defaultFor(declaredParent))) return true;
  const { shape, type } = field;
  if (shape !== 'struct' || type === null || field.pointer || !isObject(value)) return false;
  return Object.entries(value).some(([key, item]) =>
    isAwayFromDefault(type.field(key), item, {}, depth + 1),
  );
}
