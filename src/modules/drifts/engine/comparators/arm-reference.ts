import type { Comparator } from '../comparator.js';
import { isObject, read } from '../values.js';

/**
 * A reference to another ARM resource that the code writes out in full, where the service answers the id alone (Azure REST
 * API guidelines: sub-resource references are `{ id }`): the same resource when the ids agree, and its other properties
 * are compared where that resource itself is declared.
 */
export const armReference: Comparator = {
  name: 'arm-reference',
  rule(declared, actual, { pair, path }) {
    if (pair.actual.format !== 'azure-resource-graph' || path === '') return undefined;
    if (!isObject(declared) || !isObject(actual) || Object.keys(actual).length !== 1)
      return undefined;
    const [left, right] = [read(declared, 'id'), read(actual, 'id')];
    if (typeof left !== 'string' || typeof right !== 'string' || left === '') return undefined;
    if (left.toLowerCase() !== right.toLowerCase()) return undefined;
    return { kind: 'same', why: 'The same resource, written out and by its id.' };
  },
};
