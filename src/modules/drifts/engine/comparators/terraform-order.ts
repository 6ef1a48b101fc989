import { hasUnknownOrder } from '../lenses/terraform/attribute-schema.js';
import type { Comparator } from '../comparator.js';
import type { JsonValue } from '../../../../core/providers/index.js';
import { canonicalText } from '../values.js';

/** A text is its own key: long lists are lists of texts, and writing each out again takes longer than comparing them. */
const keyOf = (element: JsonValue): string =>
  typeof element === 'string' ? element : `\0${canonicalText(element)}`;

/** Whether both lists of one length hold the same elements, each as often; ends at the first that is missing. */
function sameElements(declared: readonly JsonValue[], actual: readonly JsonValue[]): boolean {
  const left = new Map<string, number>();
  for (const element of actual) {
    const text = keyOf(element);
    left.set(text, (left.get(text) ?? 0) + 1);
  }
  return declared.every((element) => {
    const text = keyOf(element);
    const count = left.get(text) ?? 0;
    left.set(text, count - 1);
    return count > 0;
  });
}

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
    if (declared.length !== actual.length || !sameElements(declared, actual)) return undefined;
    return {
      kind: 'differs',
      verdict: 'potential',
      why: 'The same elements in another order; no schema says whether the order matters here.',
    };
  },
};
