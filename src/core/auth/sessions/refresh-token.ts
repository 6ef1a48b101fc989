import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const PREFIX = 'dgr_';
const UUID_BYTES = 16;
const FAMILY_BYTES = 16;
const SECRET_BYTES = 32;
const TOTAL_BYTES = UUID_BYTES * 2 + FAMILY_BYTES + SECRET_BYTES;

/**
 * What a refresh token consists of. `family` stays the same for the life of a session, `secret` changes with every
 * refresh: whoever knows the family but brings an old secret has, or had, a token of this session.
 */
export interface RefreshToken {
  readonly organizationId: string;
  readonly sessionId: string;
  readonly family: Buffer;
  readonly secret: Buffer;
}

export function newFamily(): Buffer {
  return randomBytes(FAMILY_BYTES);
}

export function newSecret(): Buffer {
  return randomBytes(SECRET_BYTES);
}

export function writeRefreshToken(token: RefreshToken): string {
  const bytes = [
    uuidBytes(token.organizationId),
    uuidBytes(token.sessionId),
    token.family,
    token.secret,
  ];
  return PREFIX + Buffer.concat(bytes).toString('base64url');
}

/** Null for a text that is no refresh token. */
export function readRefreshToken(text: string): RefreshToken | null {
  if (!text.startsWith(PREFIX)) return null;
  const bytes = Buffer.from(text.slice(PREFIX.length), 'base64url');
  if (bytes.length !== TOTAL_BYTES) return null;
  return {
    organizationId: uuidText(bytes.subarray(0, UUID_BYTES)),
    sessionId: uuidText(bytes.subarray(UUID_BYTES, UUID_BYTES * 2)),
    family: bytes.subarray(UUID_BYTES * 2, UUID_BYTES * 2 + FAMILY_BYTES),
    secret: bytes.subarray(TOTAL_BYTES - SECRET_BYTES),
  };
}

/** SHA-256 is enough for random bytes: there is nothing to guess. 64 hex digits. */
export function hashOf(part: Buffer): string {
  return createHash('sha256').update(part).digest('hex');
}

export function hashMatches(part: Buffer, hash: string | null): boolean {
  if (hash === null) return false;
  const [one, other] = [Buffer.from(hashOf(part)), Buffer.from(hash)];
  return one.length === other.length && timingSafeEqual(one, other);
}

export function uuidBytes(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
}

export function uuidText(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
