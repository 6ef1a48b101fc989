import type { Comparator } from '../comparator.js';
import { parseQuantity } from './kubernetes-quantity.js';

/** Limits of a container in Cloud Run are quantities of Kubernetes: `1` and `1000m` are one CPU (Cloud Run API: ResourceRequirements). */
export const googleQuantity: Comparator = {
  name: 'google-quantity',
  rule(declared, actual, { pair, path }) {
    if (pair.actual.format !== 'gcp-cai' || !/\b(limits|requests)\b[^.]*\.?[^.]*$/.test(path))
      return undefined;
    const [left, right] = [parseQuantity(declared), parseQuantity(actual)];
    if (left === undefined || left !== right) return undefined;
    return { kind: 'same', why: 'Two spellings of one quantity.' };
  },
};
