import type { Comparator } from '../comparator.js';
import { ownerNames } from '../lenses/kubernetes/field-managers.js';
import { isKubernetes } from '../lenses/kubernetes/pair.js';

/** Fields owned by a manager the user trusts (option `trustedManagers`, or an ignore rule with actors) are that manager's business. */
export const trustedManager: Comparator = {
  name: 'trusted-manager',
  rule(declared, actual, field) {
    const { options, ignores } = field.pair;
    if (options.trustedManagers.length === 0 && ignores?.trustsNobody !== false) return undefined;
    if (actual === undefined || !isKubernetes(field)) return undefined;
    if (field.path === '' || (typeof actual === 'object' && declared !== undefined))
      return undefined;
    const owners = ownerNames(field);
    const owner = owners.find((name) => options.trustedManagers.includes(name));
    if (owner !== undefined)
      return { kind: 'expected', why: `The field belongs to ${owner}, which the scan trusts.` };
    for (const name of owners) {
      const rule = ignores?.trusting(name);
      if (!rule) continue;
      const why = `The field belongs to ${name}, whom ${rule.name} (${rule.origin}) trusts.`;
      return { kind: 'expected', why };
    }
    return undefined;
  },
};
