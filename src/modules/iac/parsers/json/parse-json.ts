import type { JsonValue } from '../../../../core/providers/index.js';
import { MAX_DEPTH } from '../parse-options.js';

/** Thrown for nesting beyond `MAX_DEPTH`; the caller knows the file and the line. */
export class TooDeepError extends Error {
  override name = 'TooDeepError';
}

const INTEGER = /^-?\d+$/;

type SourceReviver = (key: string, value: unknown, context: { source?: string }) => unknown;
const parseWithSource = JSON.parse as (text: string, reviver: SourceReviver) => JsonValue;

interface Inspection {
  unsafeInteger: boolean;
  prototypeKey: boolean;
}

function inspect(value: JsonValue, depth: number, found: Inspection): void {
  if (typeof value === 'number') {
    if (value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER) {
      found.unsafeInteger = true;
    }
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (depth > MAX_DEPTH) throw new TooDeepError();
  if (Array.isArray(value)) {
    for (const item of value) inspect(item, depth + 1, found);
    return;
  }
  for (const key in value) {
    if (key === '__proto__') found.prototypeKey = true;
    inspect(value[key] ?? null, depth + 1, found);
  }
}

function dropPrototypeKeys(value: JsonValue): void {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) delete value.__proto__;
  for (const item of Object.values(value)) dropPrototypeKeys(item);
}

/**
 * JSON as the contract of `JsonValue` wants it: integers beyond 2^53 as text, no `__proto__` key, bounded depth.
 * Native parsing does the work; the exact, slow way is only taken for texts that need it.
 * @throws SyntaxError, TooDeepError
 */
export function parseJson(text: string): JsonValue {
  const value = JSON.parse(text) as JsonValue;
  const found: Inspection = { unsafeInteger: false, prototypeKey: false };
  inspect(value, 0, found);
  const exact = found.unsafeInteger
    ? parseWithSource(text, (_key, item, { source }) =>
        typeof item === 'number' &&
        !Number.isSafeInteger(item) &&
        source !== undefined &&
        INTEGER.test(source)
          ? source
          : item,
      )
    : value;
  if (found.prototypeKey) dropPrototypeKeys(exact);
  return exact;
}
