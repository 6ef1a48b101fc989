import type { Comparator } from '../comparator.js';

/**
 * CloudFormation gives templates back with `?` for every character outside ASCII (F32; GetTemplate returns the stored
 * template as ASCII): where only such places differ, nobody can tell what the code says there.
 */
export const maskedText: Comparator = {
  name: 'masked-text',
  rule(declared, actual, field) {
    if (field.pair.declared.format !== 'cfn-properties') return undefined;
    if (typeof declared !== 'string' || typeof actual !== 'string' || !declared.includes('?'))
      return undefined;
    const left = Array.from(declared);
    const right = Array.from(actual);
    if (left.length !== right.length || declared === actual) return undefined;
    const masked = right.every(
      (one, index) => one === left[index] || (left[index] === '?' && one > '\u007f'),
    );
    if (!masked) return undefined;
    return {
      kind: 'unverifiable',
      why: 'The template service masks characters outside ASCII; the rest is the same.',
    };
  },
};
