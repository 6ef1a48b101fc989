import { createHash, randomBytes } from 'node:crypto';

const PREFIX = 'dgl_';
const UUID_BYTES = 16;
const SECRET_BYTES = 32;

export interface LinkToken {
  readonly organizationId: string;
  readonly linkId: string;
  readonly secret: Buffer;
}

export function newLinkSecret(): Buffer {
  return randomBytes(SECRET_BYTES);
}

/** Says whose link it is, because nobody is logged in who opens it. */
export function writeLinkToken(token: LinkToken): string {
  const ids = [token.organizationId, token.linkId].map((id) =>
    Buffer.from(id.replaceAll('-', ''), 'hex'),
  );
  return PREFIX + Buffer.concat([...ids, token.secret]).toString('base64url');
}

/** Null for a text that is no token of a link. */
export function readLinkToken(text: string): LinkToken | null {
  if (!text.startsWith(PREFIX)) return null;
  const bytes = Buffer.from(text.slice(PREFIX.length), 'base64url');
  if (bytes.length !== UUID_BYTES * 2 + SECRET_BYTES) return null;
  return {
    organizationId: uuidText(bytes.subarray(0, UUID_BYTES)),
    linkId: uuidText(bytes.subarray(UUID_BYTES, UUID_BYTES * 2)),
    secret: bytes.subarray(UUID_BYTES * 2),
  };
}

/** 64 hex digits. Random bytes need no slow hash. */
export function hashOfSecret(secret: Buffer): string {
  return createHash('sha256').update(secret).digest('hex');
}

function uuidText(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
