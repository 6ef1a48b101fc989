import type { JsonValue } from '../../../../core/providers/index.js';
import type { Comparator } from '../comparator.js';
import { isObject } from '../values.js';

/** Parses a text that looks like a JSON object or array; undefined when it is not one. */
export function parseJsonDocument(value: JsonValue | undefined): JsonValue | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  const first = text[0];
  if (first !== '{' && first !== '[') return undefined;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    // Not JSON after all: it stays the text it is.
    return undefined;
  }
}

/** Documents in which a list means "any of" (Amazon EventBridge, event patterns; Amazon SNS, filter policies). */
export const ANY_OF = /(^|\.)(event_?pattern|filter_?policy)(\.|$)/i;

/** JSON kept as text, on one side or both, is compared as the document it is (F10, F11). */
export const jsonDocument: Comparator = {
  name: 'json-document',
  rule(declared, actual, { key }) {
    const left = parseJsonDocument(declared);
    const right = parseJsonDocument(actual);
    if (left === undefined && right === undefined) return undefined;
    const declaredView = left ?? declared;
    const actualView = right ?? actual;
    const comparable =
      (isObject(declaredView) && isObject(actualView)) ||
      (Array.isArray(declaredView) && Array.isArray(actualView));
    if (!comparable) return undefined;
    return {
      kind: 'view',
      declared: declaredView,
      actual: actualView,
      ...(ANY_OF.test(key) && { sets: true }),
      why: 'The same JSON document with other formatting or key order.',
    };
  },
};
