import type { Comparator } from '../comparator.js';

const ACCESS = /^(on|off)( |$)/;

/**
 * Redis access strings: a user starts with no command allowed, so the server writes `-@all` before the grants it was
 * given (F33; Redis ACL documentation, "ACL rules").
 */
export const accessString: Comparator = {
  name: 'access-string',
  rule(declared, actual) {
    if (typeof declared !== 'string' || typeof actual !== 'string') return undefined;
    if (!ACCESS.test(declared) || !ACCESS.test(actual)) return undefined;
    const plain = (value: string): string => {
      const parts = value.trim().split(/\s+/);
      const first = parts.findIndex((part) => /^[+-]/.test(part));
      if (parts[first] === '-@all') parts.splice(first, 1);
      return parts.join(' ');
    };
    if (plain(declared) !== plain(actual)) return undefined;
    return { kind: 'same', why: 'The same access string; "-@all" is where every user starts.' };
  },
};
