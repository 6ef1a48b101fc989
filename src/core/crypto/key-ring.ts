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
  /** @throws DomainError `CRYPTO.KEY_UNKNOWN` or `CRYPTO.TAMPERED` */
  unwrap(key: WrappedKey, context: string): Promise<Buffer>;
}

export const KEY_RING = Symbol('KEY_RING');

export const DATA_KEY_BYTES = 32;
const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Master keys from the configuration, by version; the highest version wraps, all of them unwrap. */
export class LocalKeyRing implements KeyRing {
  readonly #keys: ReadonlyMap<number, Buffer>;
  readonly #current: number;

  constructor(keys: ReadonlyMap<number, Buffer>) {
    if (keys.size === 0) throw new Error('At least one master key is needed');
    for (const [version, key] of keys) {
      if (key.length !== DATA_KEY_BYTES)
        throw new Error(`Master key ${version} has ${key.length} bytes, ${DATA_KEY_BYTES} needed`);
    }
    this.#keys = keys;
    this.#current = Math.max(...keys.keys());
  }

  wrap(dataKey: Buffer, context: string): Promise<WrappedKey> {
    const wrapped = seal(this.#key(this.#current), dataKey, context);
    return Promise.resolve({ keyVersion: this.#current, wrapped });
  }

  async unwrap(key: WrappedKey, context: string): Promise<Buffer> {
    return Promise.resolve(open(this.#key(key.keyVersion), key.wrapped, context));
  }

  #key(version: number): Buffer {
    const key = this.#keys.get(version);
    if (key === undefined) {
      throw new DomainError({
        code: 'CRYPTO.KEY_UNKNOWN',
        kind: 'unavailable',
        message: `This was encrypted with master key version ${version}, which is not configured here; add it to the configured keys.`,
        details: { keyVersion: version },
        logLevel: 'error',
      });
    }
    return key;
  }
}

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
    throw new DomainError({
      code: 'CRYPTO.TAMPERED',
      kind: 'unavailable',
      message:
        'Encrypted data could not be opened: it was changed, moved, or encrypted with another key.',
      cause,
      logLevel: 'error',
    });
  }
}
