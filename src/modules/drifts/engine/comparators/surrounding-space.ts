import type { Comparator } from '../comparator.js';

/** Line endings and white space at the ends of a text (F30): stored texts gain or lose a final newline. */
export const surroundingSpace: Comparator = {
  name: 'surrounding-space',
  rule(declared, actual) {
    if (typeof declared !== 'string' || typeof actual !== 'string') return undefined;
    const plain = (value: string): string => value.replace(/\r\n/g, '\n').trim();
    if (plain(declared) !== plain(actual)) return undefined;
    return { kind: 'same', why: 'The same text but for white space at its ends.' };
  },
};
