import type { Comparator } from '../comparator.js';
import { wasCreated } from '../match/identity-evidence.js';
import { isDeepEmpty } from '../values.js';

/**
 * Cloud Asset Inventory keeps a copy of a resource "in which some sensitive fields are removed and may not be present"
 * (Cloud Asset API: Resource.data), and code that was never proven to be applied may simply not be there yet. Both
 * together: a field that only the code has is a possible change, not a certain one. Entries of the user's own maps and
 * elements of lists are not excused: there the inventory has the list, and it is not in it. Nor is what the provider's
 * definitions name and nothing fills in, secrets aside: an answer without it says that it is not set.
 */
export const absentFromInventory: Comparator = {
  name: 'absent-from-inventory',
  rule(declared, actual, { pair, facts }) {
    if (pair.actual.format !== 'gcp-cai' || actual !== undefined || isDeepEmpty(declared))
      return undefined;
    const { format } = pair.declared;
    if (format !== 'terraform-hcl-json' && format !== 'terraform-plan-json') return undefined;
    if (wasCreated(pair.declared) || facts.extras === 'confirmed') return undefined;
    if (facts.absence === 'unreadable') return undefined;
    if (facts.absence === 'removed' && facts.sensitive !== true) return undefined;
    return {
      kind: 'differs',
      verdict: 'potential',
      why: 'The inventory does not list it, and nothing proves that this code was ever applied.',
    };
  },
};
