import type { JsonObject, JsonValue } from '../../../../core/providers/index.js';

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own member; inherited names (`constructor`) are absent. */
export function member(value: JsonValue | undefined, key: string): JsonValue | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

export function objectMember(value: JsonValue | undefined, key: string): JsonObject | null {
  const found = member(value, key);
  return isObject(found) ? found : null;
}

export function listMember(value: JsonValue | undefined, key: string): readonly JsonValue[] {
  const found = member(value, key);
  return Array.isArray(found) ? found : [];
}

/** A text that says something; null for anything else, the empty text included. */
export function textMember(value: JsonValue | undefined, key: string): string | null {
  const found = member(value, key);
  return typeof found === 'string' && found !== '' ? found : null;
}
