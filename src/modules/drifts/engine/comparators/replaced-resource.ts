import type { Comparator } from '../comparator.js';

/** Attributes that name the object behind an address; a provider never changes them on the same object. */
const IDENTITY: ReadonlySet<string> = new Set(['id', 'arn', 'self_link']);

/** Another identity under the same address: the object was deleted and made anew outside of Terraform. */
export const replacedResource: Comparator = {
  name: 'replaced-resource',
  rule(declared, actual, field) {
    if (!IDENTITY.has(field.path) || field.pair.actual.format !== 'terraform-attributes') {
      return undefined;
    }
    if (typeof declared !== 'string' || typeof actual !== 'string') return undefined;
    if (declared === '' || actual === '' || declared.toLowerCase() === actual.toLowerCase()) {
      return undefined;
    }
    return {
      kind: 'differs',
      verdict: 'confirmed',
      why: 'The address now stands for another object.',
    };
  },
};
