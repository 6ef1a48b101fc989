import type { Comparator } from '../comparator.js';

const DIGEST_KEY = /(?:hash|sha256|checksum|digest)$/i;
/** 32 bytes in base64, as AWS Lambda answers (API reference, `FunctionConfiguration.CodeSha256`). */
const SHA256_BASE64 = /^[A-Za-z0-9+/]{43}=$/;
const SHA256_HEX = /^[0-9a-f]{64}$/i;

/**
 * A digest the service computes beside one the code makes up. `source_code_hash` is documented as a mere trigger: it may be any
 * text, and only the base64 SHA-256 of the package can be held against what the service says.
 */
export const digestOfCode: Comparator = {
  name: 'digest-of-code',
  rule(declared, actual, field) {
    if (typeof declared !== 'string' || typeof actual !== 'string') return undefined;
    if (!DIGEST_KEY.test(field.key) || !SHA256_BASE64.test(actual)) return undefined;
    if (SHA256_BASE64.test(declared)) return undefined;
    if (!SHA256_HEX.test(declared))
      return {
        kind: 'unverifiable',
        why: 'The code has a digest of its own making; the service answers the SHA-256 of the package.',
      };
    return Buffer.from(declared, 'hex').toString('base64') === actual
      ? { kind: 'same', why: 'The same SHA-256 in hexadecimal and in base64.' }
      : undefined;
  },
};
