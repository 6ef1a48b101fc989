import type { Comparator } from '../comparator.js';
import { isDeepEmpty } from '../values.js';

/** Null, absent, `""`, `[]` and `{}` all say "nothing" (F34). False and 0 say something. */
export const emptyOrAbsent: Comparator = {
  name: 'empty-or-absent',
  rule(declared, actual, field) {
    if (field.facts.explicitEmpty === true) return undefined;
    if (!isDeepEmpty(declared) || !isDeepEmpty(actual)) return undefined;
    return {
      kind: 'same',
      why: 'Both sides hold nothing; null, absent and empty mean the same here.',
    };
  },
};
