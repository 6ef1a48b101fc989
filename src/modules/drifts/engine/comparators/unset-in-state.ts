import type { Comparator } from '../comparator.js';
import { isDeepEmpty, isEmpty } from '../values.js';

/**
 * A state that holds nothing where Azure has a value. azurerm writes every argument into its state when it reads a
 * resource, but leaves out what the code does not mention in blocks it only sends: it may have been added since, or never
 * have been read.
 */
export const unsetInState: Comparator = {
  name: 'unset-in-state',
  rule(declared, actual, { pair, path, facts }) {
    if (pair.actual.format !== 'azure-resource-graph' || declared === undefined || path === '')
      return undefined;
    if (!pair.declared.type.startsWith('azurerm_') || facts.kind === 'tags') return undefined;
    if (!isEmpty(declared) || isDeepEmpty(actual)) return undefined;
    return {
      kind: 'differs',
      verdict: 'potential',
      why: 'The state holds nothing here and Azure has a value; the provider may never have read it.',
    };
  },
};
