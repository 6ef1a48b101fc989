import type { JsonObject, JsonValue } from '../../../../core/providers/index.js';
import { isObject } from '../json/read-json.js';

const PRIMITIVES = new Set(['string', 'number', 'bool']);
const COLLECTIONS = new Set(['list', 'set', 'map', 'tuple', 'object']);

function isTypeOf(type: JsonValue | undefined, value: JsonValue | undefined): boolean {
  if (typeof type === 'string') {
    return (
      PRIMITIVES.has(type) && (value === null || typeof value === type.replace('bool', 'boolean'))
    );
  }
  if (!Array.isArray(type) || type.length !== 2 || typeof type[0] !== 'string') return false;
  return COLLECTIONS.has(type[0]) && (value === null || typeof value === 'object');
}

/**
 * States write an attribute of dynamic type as `{ value, type }` with a cty type (`"string"`, `["object", {…}]`), where
 * `terraform show -json` and providers speak of the value alone. Unwraps those in place.
 */
export function unwrapDynamicValues(attributes: JsonObject): void {
  for (const key in attributes) {
    const wrapped = attributes[key];
    if (!isObject(wrapped) || !('value' in wrapped) || !('type' in wrapped)) continue;
    if (Object.keys(wrapped).length !== 2 || !isTypeOf(wrapped.type, wrapped.value)) continue;
    attributes[key] = wrapped.value ?? null;
  }
}
