import type { Comparator } from '../comparator.js';

/**
 * A range asked for by its size only, `/14`, and the range of that size the service chose (GKE REST reference,
 * IPAllocationPolicy: "Set to /netmask to have a range chosen with a specific netmask").
 */
export const netmask: Comparator = {
  name: 'netmask',
  rule(declared, actual) {
    if (typeof declared !== 'string' || typeof actual !== 'string') return undefined;
    if (!/^\/\d{1,3}$/.test(declared) || !/^[0-9a-fA-F.:]+\/\d{1,3}$/.test(actual))
      return undefined;
    if (!actual.endsWith(declared)) return undefined;
    return { kind: 'same', why: 'The service chose a range of the size that was asked for.' };
  },
};
