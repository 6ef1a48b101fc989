import type { Comparator } from '../comparator.js';

/** Values the schema, or CloudFormation itself when it compares, reads without regard to case (F16). */
export const letterCase: Comparator = {
  name: 'letter-case',
  rule(declared, actual, field) {
    if (field.facts.caseInsensitive !== true) return undefined;
    if (typeof declared !== 'string' || typeof actual !== 'string') return undefined;
    if (declared.toLowerCase() !== actual.toLowerCase()) return undefined;
    return { kind: 'same', why: 'This field is not case-sensitive.' };
  },
};
