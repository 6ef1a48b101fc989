import type { Comparator } from '../comparator.js';

/**
 * What recorders of Google's APIs write in place of an id, an address or a person (`x-networkID`, `x-PROJECT_ID`,
 * `user@google.com`), so that a recording can be shown to others.
 */
const STAND_IN = /(?<=^|[/@:])x-\w*(?:ID|IPV[46])(?=$|[/@:.])|^(?:user|test)@google\.com$/g;

/** One side holds a stand-in that the other does not hold as well. */
function isAlone(one: string, other: string): boolean {
  return (one.match(STAND_IN) ?? []).some((word) => !other.includes(word));
}

/** A recorded answer whose identifiers were replaced: which resource was meant cannot be told from it. */
export const standIn: Comparator = {
  name: 'stand-in',
  rule(declared, actual, { pair, key }) {
    if (pair.actual.format !== 'gcp-cai' || /header/i.test(key)) return undefined;
    if (typeof declared !== 'string' || typeof actual !== 'string') return undefined;
    if (!isAlone(declared, actual) && !isAlone(actual, declared)) return undefined;
    return {
      kind: 'unverifiable',
      why: 'A word stands here in place of the identifier; which resource was meant was not recorded.',
    };
  },
};
