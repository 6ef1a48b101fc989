import type { Comparator } from '../comparator.js';
import { isGoogleResource } from './google-link.js';

const FULL_ACCOUNT = /^[^@\s]+@[^@\s]+\.gserviceaccount\.com$/;

/** A name with its numbers taken out: `pool-1-x7` and `pool-2-x7` follow one scheme. */
function schemeOf(name: string): string {
  return name.replace(/(^|[-_])\d+(?=[-_]|$)/g, '');
}

/** The name of the resource an answer links to. */
function targetOf(actual: string): string {
  const name = FULL_ACCOUNT.test(actual) ? (actual.split('@')[0] ?? actual) : actual;
  return name.slice(name.lastIndexOf('/') + 1);
}

/**
 * Code written as objects that name each other (Config Connector: "Referencing other resources") holds the object's name.
 * The resource behind it may have a name of its own, so another name in the API proves nothing.
 */
export const objectName: Comparator = {
  name: 'object-name',
  rule(declared, actual, { pair, facts }) {
    if (pair.declared.format !== 'terraform-attributes-from-krm') return undefined;
    if (typeof declared !== 'string' || typeof actual !== 'string' || declared === '')
      return undefined;
    if (/[/@:.\s]/.test(declared)) return undefined;
    const reference = facts.kind === 'resource-id' && isGoogleResource(actual);
    if (!reference && !FULL_ACCOUNT.test(actual)) return undefined;
    const target = targetOf(actual);
    if (target !== declared && schemeOf(target) === schemeOf(declared)) {
      return {
        kind: 'differs',
        verdict: 'confirmed',
        why: 'Objects and resources are named by one scheme here, and this is another one of them.',
      };
    }
    return {
      kind: 'unverifiable',
      why: 'The code names another object of its own; which resource that is was not resolved.',
    };
  },
};
