import type { JsonValue } from '../../../../core/providers/index.js';
import type { Comparator } from '../comparator.js';
import { isDeepEmpty } from '../values.js';

function isUnset(value: JsonValue | undefined): boolean {
  return value === undefined || value === null;
}

function isZero(value: JsonValue | undefined): boolean {
  return value === false || value === 0;
}

/**
 * An attribute nobody set comes back from a refresh as the zero value of its type: `null` → `{}`, `[]`, `""`, but also
 * `false` or `0`, because the protocol of older provider SDKs cannot tell them apart (Terraform, "Legacy SDK" notes;
 * F34). The last two may also be a decision, so they are not silent.
 */
export const terraformUnset: Comparator = {
  name: 'terraform-unset',
  rule(declared, actual, field) {
    if (field.pair.actual.format !== 'terraform-attributes') return undefined;
    if (isDeepEmpty(declared) && isDeepEmpty(actual)) {
      return { kind: 'same', why: 'Nothing is set; null and empty are two spellings of it.' };
    }
    const unset = (isUnset(declared) && isZero(actual)) || (isZero(declared) && isUnset(actual));
    if (!unset) return undefined;
    return {
      kind: 'differs',
      verdict: 'potential',
      why: 'An unset attribute and the zero value of its type; the provider may not tell them apart.',
    };
  },
};
