import type { JsonValue } from '../../../../core/providers/index.js';
import type { Comparator } from '../comparator.js';

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** A number or boolean that was written as text, made one canonical text; undefined for any other text. */
function canonicalScalar(value: JsonValue): string | undefined {
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
  if (typeof value !== 'string') return undefined;
  if (value === 'true' || value === 'false') return value;
  if (!DECIMAL.test(value)) return undefined;
  const text = String(Number(value));
  // Beyond fifteen digits a number only stands for the one text it prints as.
  if (value.length > 15) return text === value ? text : undefined;
  return text;
}

/**
 * The same number or boolean in another spelling: `5432` and `"5432"`, `true` and `"true"`, `"100"` and `"100.0"`
 * (F13, F14). Two texts are only compared as numbers when one has a fraction, so `"007"` and `"7"` stay different.
 */
export const scalarSpelling: Comparator = {
  name: 'scalar-spelling',
  rule(declared, actual) {
    if (
      declared === undefined ||
      actual === undefined ||
      typeof declared === 'object' ||
      typeof actual === 'object'
    ) {
      return undefined;
    }
    if (typeof declared === 'string' && typeof actual === 'string') {
      const leadingZero = /^[+-]?0\d/;
      if (leadingZero.test(declared) || leadingZero.test(actual)) return undefined;
      if (!declared.includes('.') && !actual.includes('.')) return undefined;
    }
    const left = canonicalScalar(declared);
    if (left === undefined || left !== canonicalScalar(actual)) return undefined;
    return { kind: 'same', why: 'The same number or boolean, spelled differently.' };
  },
};
