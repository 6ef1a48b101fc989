import type { Comparator } from '../comparator.js';
import { isDeepEmpty, isEmpty } from '../values.js';

/** Null, absent, `""`, `[]` and `{}` all say "nothing" (F34). False and 0 say something. */
export const emptyOrAbsent: Comparator = {
  name: 'empty-or-absent',
  rule(declared, actual, field) {
    if (field.facts.explicitEmpty === true) return undefined;
    // Two containers that both hold something are walked, so that what an empty element means is asked where it stands.
    if (!isEmpty(declared) && !isEmpty(actual)) return undefined;
    if (!isDeepEmpty(declared) || !isDeepEmpty(actual)) return undefined;
    return {
      kind: 'same',
      why: 'Both sides hold nothing; null, absent and empty mean the same here.',
    };
  },
};
