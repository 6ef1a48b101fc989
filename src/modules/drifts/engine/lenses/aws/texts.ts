import type { JsonValue } from '../../../../../core/providers/index.js';

/** The texts of a list; none when it is no list. */
export function texts(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
