import type { JsonValue } from '../../../../core/providers/index.js';
import type { Comparator } from '../comparator.js';

/** Markers no real value looks like. */
const MARKER =
  /^(\*{3,}|\[(redacted|secret|hidden|masked)\]|<(redacted|sensitive|secret)>|\(sensitive( value)?\))$/i;

/** Words that are a marker only where a secret belongs. */
const WORD = /^(redacted|secret|hidden|masked|sensitive|x{4,})$/i;

function isMarker(value: JsonValue | undefined, sensitive: boolean): boolean {
  if (typeof value !== 'string') return false;
  return MARKER.test(value.trim()) || (sensitive && WORD.test(value.trim()));
}

/** One side shows a marker instead of the value, so nobody can tell (F43). */
export const redacted: Comparator = {
  name: 'redacted',
  rule(declared, actual, { facts }) {
    const sensitive = facts.sensitive === true;
    if (!isMarker(declared, sensitive) && !isMarker(actual, sensitive)) return undefined;
    return { kind: 'unverifiable', why: 'One side only shows that there is a secret, not which.' };
  },
};
