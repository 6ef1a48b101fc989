import type { JsonObject, JsonValue } from '../../../core/providers/index.js';

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The first of `keys` that holds a text which is not empty. */
export function textAt(object: JsonObject, ...keys: string[]): string | null {
  for (const key of keys) {
    const value = object[key];
    if (typeof value === 'string' && value !== '') return value;
  }
  return null;
}

export function objectAt(object: JsonObject, ...keys: string[]): JsonObject | null {
  for (const key of keys) {
    const value = object[key];
    if (isObject(value)) return value;
  }
  return null;
}

export function textMap(value: JsonValue | undefined): Record<string, string> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}
