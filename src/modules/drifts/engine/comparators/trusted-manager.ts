import type { Comparator } from '../comparator.js';
import { ownerNames } from '../lenses/kubernetes/field-managers.js';
import { isKubernetes } from '../lenses/kubernetes/pair.js';

/** Fields owned by a manager the user trusts are that manager's business (option `trustedManagers`). */
export const trustedManager: Comparator = {
  name: 'trusted-manager',
  rule(declared, actual, field) {
    const { trustedManagers } = field.pair.options;
    if (trustedManagers.length === 0 || actual === undefined || !isKubernetes(field))
      return undefined;
    if (field.path === '' || (typeof actual === 'object' && declared !== undefined))
      return undefined;
    const owner = ownerNames(field).find((name) => trustedManagers.includes(name));
    if (owner === undefined) return undefined;
    return { kind: 'expected', why: `The field belongs to ${owner}, which the scan trusts.` };
  },
};
