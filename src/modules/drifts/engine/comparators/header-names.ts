import type { Comparator } from '../comparator.js';

/** Lists of HTTP header names: neither case nor order means anything (F18; RFC 9110 §5.1). */
export const headerNames: Comparator = {
  name: 'header-names',
  rule(declared, actual, field) {
    if (!/headers?$/i.test(field.key) || !Array.isArray(declared) || !Array.isArray(actual))
      return undefined;
    const names = (list: readonly unknown[]): string[] | undefined =>
      list.every((one) => typeof one === 'string')
        ? [...new Set(list.map((one) => one.toLowerCase()))].sort()
        : undefined;
    const left = names(declared);
    const right = names(actual);
    if (left?.length !== right?.length) return undefined;
    if (!left?.every((one, index) => one === right?.[index])) return undefined;
    return { kind: 'same', why: 'The same header names; case and order mean nothing.' };
  },
};
