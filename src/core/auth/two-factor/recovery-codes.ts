import { createHash, randomInt } from 'node:crypto';

const COUNT = 10;
/** Crockford's base32: nothing that looks like something else. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUPS = 6;
const GROUP_LENGTH = 4;

/** Ten codes like `7K2M-9QXT-04VB-HN3R-D3F6-RRWY`, 120 bits each: enough to be kept under a plain hash (ASVS 6.5.2). */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: COUNT }, () =>
    Array.from({ length: GROUPS }, () =>
      Array.from({ length: GROUP_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join(''),
    ).join('-'),
  );
}

/** What somebody typed, as it was shown; null for what cannot be a recovery code. */
export function readRecoveryCode(text: string): string | null {
  const plain = text
    .toUpperCase()
    .replaceAll(/[\s-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  if (!/^[0-9A-HJKMNP-TV-Z]{24}$/.test(plain)) return null;
  return plain.replaceAll(/(.{4})(?=.)/g, '$1-');
}

/** Bound to the user, so that equal codes do not look equal. 120 random bits need no slow hash. */
export function recoveryCodeHash(userId: string, code: string): string {
  return createHash('sha256').update(`${userId}/${code}`).digest('hex');
}
