import type { JsonValue } from '../../core/providers/index.js';
import { displayWidth, printable, truncate, wrap } from './text.js';

const CONTEXT = 12;
const ARROW = ' → ';
/** The mark masked values are kept under, here and in the API's answers. */
const SENSITIVE_MARK = '$sensitive';
const SECRET = '(secret)';
const LINES_PER_SIDE = 2;

/** A value as its JSON, which tells `10` from `"10"`; absent and masked ones in words. */
export function showValue(value: JsonValue, sensitive = false): string {
  if (value === null) return '(none)';
  if (sensitive || isMasked(value)) return SECRET;
  // A document kept as text would drown in backslashes.
  if (typeof value === 'string' && value.includes('"')) return printable(`'${value}'`);
  return printable(
    JSON.stringify(value, (_key, part: JsonValue) => (isMasked(part) ? SECRET : part)),
  );
}

function isMasked(value: JsonValue): boolean {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && SENSITIVE_MARK in value
  );
}

export interface ValueChange {
  readonly declared: JsonValue;
  readonly actual: JsonValue;
  readonly sensitive?: boolean;
}

/** `declared → actual` on one line, however long. */
export function showChange(change: ValueChange): string {
  const [declared, actual] = sides(change);
  return declared === SECRET && actual === SECRET ? '(secret, changed)' : declared + ARROW + actual;
}

/**
 * The same in lines of `width` columns: on one line if it fits, else the declared side above the actual one. What long
 * values share at the start is cut first, because the place where they part is what a reader looks for.
 */
export function changeLines(change: ValueChange, width: number): string[] {
  const whole = showChange(change);
  if (displayWidth(whole) <= width) return [whole];
  let [declared, actual] = sides(change);
  const room = width * LINES_PER_SIDE - ARROW.length;
  const shared = sharedStart(declared, actual);
  if (shared > CONTEXT && Math.max(displayWidth(declared), displayWidth(actual)) > room) {
    declared = `…${declared.slice(shared - CONTEXT)}`;
    actual = `…${actual.slice(shared - CONTEXT)}`;
  }
  const below = wrap(truncate(actual, room), width - 2);
  return [
    ...wrap(truncate(declared, room), width),
    ...below.map((line, index) => (index === 0 ? `→ ${line}` : `  ${line}`)),
  ];
}

function sides({ declared, actual, sensitive }: ValueChange): [string, string] {
  return [showValue(declared, sensitive), showValue(actual, sensitive)];
}

function sharedStart(left: string, right: string): number {
  const end = Math.min(left.length, right.length);
  let index = 0;
  while (index < end && left[index] === right[index]) index++;
  return index;
}
