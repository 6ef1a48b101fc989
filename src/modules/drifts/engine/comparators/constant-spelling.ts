import type { Comparator } from '../comparator.js';

/** A constant of several words or numbers: `RSA_2048`, `TLS-1.2`. */
const CONSTANT = /^[A-Z0-9.]+([_-][A-Z0-9.]+)+$/;

/** What people name freely may differ by a hyphen. */
const FREE = /(name|id|arn|key|alias|title|description|path|prefix|value|label|tag)s?$/i;

/** One of a few words that the API knows. */
const CHOICE = /(type|mode|strategy|level|class|protocol|status|state)$/i;

/**
 * A constant of an AWS API whose words one call joins by a hyphen and another by an underscore (ACM, CertificateDetail:
 * `RSA-2048` where requests say `RSA_2048`), or that the answer writes in capitals (Amazon MQ, DescribeBroker: `ACTIVEMQ`).
 */
export const constantSpelling: Comparator = {
  name: 'constant-spelling',
  rule(declared, actual, { key, pair }) {
    if (!pair.actual.format.startsWith('aws-') || FREE.test(key)) return undefined;
    if (typeof declared !== 'string' || typeof actual !== 'string') return undefined;
    const joined = CONSTANT.test(declared) && CONSTANT.test(actual);
    if (joined && declared.replaceAll('-', '_') === actual.replaceAll('-', '_'))
      return { kind: 'same', why: 'The same constant, its words joined by another sign.' };
    const choice = CHOICE.test(key) && /^[A-Z][A-Z0-9_]*$/.test(actual);
    if (!choice || declared.toUpperCase() !== actual) return undefined;
    return { kind: 'same', why: 'The same word of a fixed list, in capitals.' };
  },
};
