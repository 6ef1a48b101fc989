import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { uuidBytes, uuidText } from '../sessions/refresh-token.js';

const PREFIX = 'dg_';
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const UUID_BYTES = 16;
const SECRET_BYTES = 32;
const CHECKSUM_BYTES = 4;
/** What an API key looks like; secret scanners are given the same. */
const FORM = /^dg_([0-9A-Za-z]{22})([0-9A-Za-z]{22})([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/;

/**
 * What an API key consists of: which row it is, of which organization, and 256 random bits. The organization is in it because
 * row-level security shows no row before it is known.
 */
export interface ApiKeyToken {
  readonly id: string;
  readonly organizationId: string;
  readonly secret: Buffer;
}

export function newApiKeySecret(): Buffer {
  return randomBytes(SECRET_BYTES);
}

/**
 * `dg_`, then id, organization and secret, each in base62 (a double click takes all of it), then the CRC-32 of what is before it. The
 * checksum keeps no secret: by it a scanner can tell a key from a word that looks like one, without asking anybody.
 */
export function writeApiKey({ id, organizationId, secret }: ApiKeyToken): string {
  const parts = [uuidBytes(id), uuidBytes(organizationId), secret].map(inBase62);
  return withChecksum(PREFIX + parts.join(''));
}

/** Null for a text that is no API key. */
export function readApiKey(text: string): ApiKeyToken | null {
  const [, id = '', organization = '', secret = '', checksum = ''] = FORM.exec(text) ?? [];
  if (checksum === '' || withChecksum(text.slice(0, -checksum.length)) !== text) return null;
  const bytes = {
    id: fromBase62(id, UUID_BYTES),
    organization: fromBase62(organization, UUID_BYTES),
    secret: fromBase62(secret, SECRET_BYTES),
  };
  if (bytes.id === null || bytes.organization === null || bytes.secret === null) return null;
  return {
    id: uuidText(bytes.id),
    organizationId: uuidText(bytes.organization),
    secret: bytes.secret,
  };
}

/** How the key begins: which one it is, and nothing of its secret. */
export function apiKeyPrefix(id: string): string {
  return PREFIX + inBase62(uuidBytes(id));
}

function withChecksum(text: string): string {
  const checksum = Buffer.alloc(CHECKSUM_BYTES);
  checksum.writeUInt32BE(crc32(text));
  return text + inBase62(checksum);
}

/** As long as the largest number of so many bytes. */
function inBase62(bytes: Buffer): string {
  const digits = Math.ceil((bytes.length * 8) / Math.log2(ALPHABET.length));
  let rest = BigInt(`0x${bytes.toString('hex')}`);
  let text = '';
  for (let place = 0; place < digits; place += 1) {
    text = ALPHABET.charAt(Number(rest % 62n)) + text;
    rest /= 62n;
  }
  return text;
}

/** Null for a number that needs more bytes. */
function fromBase62(text: string, length: number): Buffer | null {
  let number = 0n;
  for (const digit of text) number = number * 62n + BigInt(ALPHABET.indexOf(digit));
  const hex = number.toString(16).padStart(length * 2, '0');
  return hex.length > length * 2 ? null : Buffer.from(hex, 'hex');
}
