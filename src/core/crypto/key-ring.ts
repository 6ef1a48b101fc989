import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { DomainError } from '../errors/index.js';

/** A data key as it may rest beside the data it protects. */
export interface WrappedKey {
  /** Which master key wrapped it; lets keys be rotated one row at a time. */
  readonly keyVersion: number;
  readonly wrapped: Buffer;
}

/**
 * Holds the master keys and never hands them out. Asynchronous because a remote one (Vault transit) answers over the network.
 * `context` binds a wrapped key to its place (tenant, table, row): unwrapping it anywhere else fails.
 */
export interface KeyRing {
  wrap(dataKey: Buffer, context: string): Promise<WrappedKey>;
  /** @throws DomainError `CRYPTO.KEY_UNKNOWN`, `CRYPTO.KEY_RETIRED` or `CRYPTO.TAMPERED` */
  unwrap(key: WrappedKey, context: string): Promise<Buffer>;
}

export const KEY_RING = Symbol('KEY_RING');

export const DATA_KEY_BYTES = 32;
const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM with a fresh 96-bit nonce: nonce, ciphertext, tag. `context` is authenticated, not stored. */
export function seal(key: Buffer, plaintext: Buffer, context: string): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv).setAAD(Buffer.from(context));
  return Buffer.concat([iv, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** @throws DomainError `CRYPTO.TAMPERED` when key, context or bytes are not those it was sealed with */
export function open(key: Buffer, sealed: Buffer, context: string): Buffer {
  try {
    const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, IV_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(context));
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
    return Buffer.concat([
      decipher.update(sealed.subarray(IV_BYTES, sealed.length - TAG_BYTES)),
      decipher.final(),
    ]);
  } catch (cause) {
    throw tampered(cause);
  }
}

export function tampered(cause: unknown): DomainError {
  return new DomainError({
    code: 'CRYPTO.TAMPERED',
    kind: 'unavailable',
    message:
      'Encrypted data could not be opened: it was changed, moved, or encrypted with another key.',
    cause,
    logLevel: 'error',
  });
}
