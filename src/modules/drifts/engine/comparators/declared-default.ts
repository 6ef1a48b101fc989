import type { Comparator } from '../comparator.js';
import { identical } from '../values.js';

/** One side is absent and the other is what the service fills in by itself (F35, F36, F37, F40). */
export const declaredDefault: Comparator = {
  name: 'declared-default',
  rule(declared, actual, field) {
    const expected = field.facts.default;
    if (expected === undefined) return undefined;
    const absent =
      declared === undefined || declared === null || actual === undefined || actual === null;
    if (!absent || !identical(declared ?? actual, expected)) return undefined;
    return {
      kind: 'same',
      why: `The absent side stands for the default ${JSON.stringify(expected)}.`,
    };
  },
};
