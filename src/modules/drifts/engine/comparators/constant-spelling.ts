import type { Comparator } from '../comparator.js';

/** A constant of several words or numbers: `RSA_2048`, `TLS-1.2`. */
const CONSTANT = /^[A-Z0-9.]+([_-][A-Z0-9.]+)+$/;

/** What people name freely may differ by a hyphen. */
const FREE = /(name|id|arn|key|alias|title|description|path|prefix|value|label|tag)s?$/i;

/**
 * A constant of an AWS API whose words one call joins by a hyphen and another by an underscore (ACM, CertificateDetail:
 * `RSA-2048` where requests say `RSA_2048`).
 */
export const constantSpelling: Comparator = {
  name: 'constant-spelling',
  rule(declared, actual, { key, pair }) {
    if (!pair.actual.format.startsWith('aws-') || FREE.test(key)) return undefined;
    if (typeof declared !== 'string' || typeof actual !== 'string') return undefined;
    if (!CONSTANT.test(declared) || !CONSTANT.test(actual)) return undefined;
    if (declared.replaceAll('-', '_') !== actual.replaceAll('-', '_')) return undefined;
    return { kind: 'same', why: 'The same constant, its words joined by another sign.' };
  },
};
