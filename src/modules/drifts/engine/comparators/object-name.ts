import type { Comparator } from '../comparator.js';
import { isGoogleResource } from './google-link.js';

const FULL_ACCOUNT = /^[^@\s]+@[^@\s]+\.gserviceaccount\.com$/;

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
    return {
      kind: 'unverifiable',
      why: 'The code names another object of its own; which resource that is was not resolved.',
    };
  },
};
