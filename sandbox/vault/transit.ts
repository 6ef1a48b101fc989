import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Json, JsonObject } from '../json.js';
import { type Answer, answer, badRequest, NO_CONTENT, noRoute } from './answer.js';

const ALGORITHM = 'aes-256-gcm';
const NONCE = 12;
const TAG = 16;
const CIPHERTEXT = /^vault:v(\d+):(.+)$/;
const MISSING_CONTEXT =
  "missing 'context' for key derivation; the key was created using a derived key, which means additional, per-request information must be included in order to perform operations with the key";

interface Version {
  readonly key: Buffer;
  readonly createdAt: number;
}

/** A derived aes256-gcm96 key: https://developer.hashicorp.com/vault/api-docs/secret/transit */
class TransitKey {
  readonly versions: Version[] = [];
  minDecryptionVersion = 1;

  constructor(
    readonly name: string,
    readonly isDerived: boolean,
  ) {
    this.rotate();
  }

  rotate(): void {
    this.versions.push({ key: randomBytes(32), createdAt: Math.floor(Date.now() / 1000) });
  }

  encrypt(plaintext: Buffer, context: Json | undefined): JsonObject {
    const version = this.versions.length;
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv(ALGORITHM, this.#derived(version, context), nonce);
    const sealed = Buffer.concat([
      nonce,
      cipher.update(plaintext),
      cipher.final(),
      cipher.getAuthTag(),
    ]);
    return { ciphertext: `vault:v${version}:${sealed.toString('base64')}`, key_version: version };
  }

  decrypt(ciphertext: Json | undefined, context: Json | undefined): Buffer {
    if (typeof ciphertext !== 'string' || ciphertext === '')
      throw badRequest('missing ciphertext to decrypt');
    const [, version, encoded] = CIPHERTEXT.exec(ciphertext) ?? [];
    if (version === undefined || encoded === undefined)
      throw badRequest('invalid ciphertext: no prefix');
    if (Number(version) > this.versions.length)
      throw badRequest('invalid ciphertext: version is too new');
    if (Number(version) < this.minDecryptionVersion)
      throw badRequest('ciphertext or signature version is disallowed by policy (too old)');
    const sealed = Buffer.from(encoded, 'base64');
    try {
      const key = this.#derived(Number(version), context);
      const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, NONCE));
      decipher.setAuthTag(sealed.subarray(-TAG));
      return Buffer.concat([decipher.update(sealed.subarray(NONCE, -TAG)), decipher.final()]);
    } catch (error) {
      if (error instanceof Error && error.message === MISSING_CONTEXT) throw error;
      throw badRequest('cipher: message authentication failed');
    }
  }

  describe(): JsonObject {
    const listed = this.versions.map(({ createdAt }, index): [string, Json] => [
      String(index + 1),
      createdAt,
    ]);
    return {
      type: 'aes256-gcm96',
      deletion_allowed: false,
      derived: this.isDerived,
      kdf: 'hkdf_sha256',
      exportable: false,
      allow_plaintext_backup: false,
      keys: Object.fromEntries(
        listed.filter(([name]) => Number(name) >= this.minDecryptionVersion),
      ),
      latest_version: this.versions.length,
      min_available_version: 0,
      min_decryption_version: this.minDecryptionVersion,
      min_encryption_version: 0,
      name: this.name,
      supports_encryption: true,
      supports_decryption: true,
      supports_derivation: true,
      supports_signing: false,
    };
  }

  #derived(version: number, context: Json | undefined): Buffer {
    const key = this.versions[version - 1]?.key;
    if (key === undefined) throw badRequest('invalid ciphertext: version is too new');
    if (!this.isDerived) return key;
    if (typeof context !== 'string' || context === '') throw badRequest(MISSING_CONTEXT);
    return Buffer.from(hkdfSync('sha256', key, '', Buffer.from(context, 'base64'), 32));
  }
}

/** The transit engine, mounted once. */
export class TransitEngine {
  readonly #keys = new Map<string, TransitKey>();

  create(name: string, isDerived = true): void {
    this.#keys.set(name, new TransitKey(name, isDerived));
  }

  /** `rest` is what follows the mount, such as `encrypt/driftguard`. */
  handle(method: string, rest: string, body: JsonObject): Answer {
    const [operation = '', name = '', action] = rest.split('/');
    const key = this.#keys.get(name);
    if (operation === 'keys' && method === 'GET') {
      if (key === undefined) return { status: 404, body: { errors: [] } };
      return answer({ data: key.describe() });
    }
    if (key === undefined) throw badRequest('encryption key not found');
    switch (action === undefined ? operation : `${operation}/${action}`) {
      case 'encrypt':
        return answer({ data: key.encrypt(plaintextOf(body), body.context) });
      case 'decrypt':
        return answer({
          data: { plaintext: key.decrypt(body.ciphertext, body.context).toString('base64') },
        });
      case 'rewrap':
        return answer({ data: rewrap(key, body) });
      case 'keys/rotate':
        key.rotate();
        return answer({ data: key.describe() });
      case 'keys/config':
        configure(key, body);
        return NO_CONTENT;
      default:
        throw noRoute(rest);
    }
  }
}

function plaintextOf(body: JsonObject): Buffer {
  if (typeof body.plaintext !== 'string') throw badRequest('missing plaintext to encrypt');
  return Buffer.from(body.plaintext, 'base64');
}

function rewrap(key: TransitKey, body: JsonObject): JsonObject {
  const again = (item: JsonObject): JsonObject =>
    key.encrypt(key.decrypt(item.ciphertext, item.context), item.context);
  if (!Array.isArray(body.batch_input)) return again(body);
  return {
    batch_results: (body.batch_input as JsonObject[]).map((item) => {
      try {
        return again(item);
      } catch (error) {
        return { error: error instanceof Error ? error.message : String(error) };
      }
    }),
  };
}

function configure(key: TransitKey, body: JsonObject): void {
  const version = body.min_decryption_version;
  if (typeof version !== 'number') return;
  if (version > key.versions.length)
    throw badRequest(
      `cannot set min decryption version of ${version}, latest key version is ${key.versions.length}`,
    );
  key.minDecryptionVersion = Math.max(1, version);
}
