import type { Comparator } from '../comparator.js';

/**
 * Text that stands for a value only the deployment knows: CloudFormation dynamic references ("Use dynamic references"),
 * CDK tokens, and what a reader writes where it could not resolve a value.
 */
const PLACEHOLDER = /\{\{resolve:[a-z-]+:|\$\{Token\[|^__\w*unresolved\w*__$/;

/** References are short; a long text is content. */
const LONGEST = 1024;

export const unresolvedValue: Comparator = {
  name: 'unresolved-value',
  rule(declared, actual) {
    if (typeof declared !== 'string' || declared === actual) return undefined;
    if (declared.length > LONGEST || !PLACEHOLDER.test(declared)) return undefined;
    return {
      kind: 'unverifiable',
      why: 'The code holds a reference here, not the value; nothing was compared.',
    };
  },
};
