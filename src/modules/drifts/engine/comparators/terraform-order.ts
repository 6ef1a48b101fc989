import { hasUnknownOrder } from '../lenses/terraform/attribute-schema.js';
import type { Comparator } from '../comparator.js';
import { canonicalText } from '../values.js';

/**
 * The same elements in another order. A state does not say which lists are sets; where no schema does either, the content
 * is provably the same and only the order is open, so it is not called a change (F5, F7; F9 is the trap).
 */
export const terraformOrder: Comparator = {
  name: 'terraform-order',
  rule(declared, actual, field) {
    if (!Array.isArray(declared) || !Array.isArray(actual) || !hasUnknownOrder(field.facts)) {
      return undefined;
    }
    if (declared.length !== actual.length) return undefined;
    const left = declared.map(canonicalText).sort();
    const right = actual.map(canonicalText).sort();
    if (left.some((text, index) => text !== right[index])) return undefined;
    return {
      kind: 'differs',
      verdict: 'potential',
      why: 'The same elements in another order; no schema says whether the order matters here.',
    };
  },
};
