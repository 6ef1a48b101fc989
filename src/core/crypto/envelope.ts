import { randomBytes } from 'node:crypto';
import { DATA_KEY_BYTES, type KeyRing, open, seal, type WrappedKey } from './key-ring.js';

/** A sealed value with the wrapped key that opens it; both may rest in a row. */
export interface Envelope extends WrappedKey {
  readonly sealed: Buffer;
}

/** Seals many pieces under one data key; each piece is bound to its own position. */
export class EnvelopeCipher {
  readonly #dataKey: Buffer;

  private constructor(
    readonly key: WrappedKey,
    readonly context: string,
    dataKey: Buffer,
  ) {
    this.#dataKey = dataKey;
  }

  static async create(ring: KeyRing, context: string): Promise<EnvelopeCipher> {
    const dataKey = randomBytes(DATA_KEY_BYTES);
    return new EnvelopeCipher(await ring.wrap(dataKey, context), context, dataKey);
  }

  static async reopen(ring: KeyRing, key: WrappedKey, context: string): Promise<EnvelopeCipher> {
    return new EnvelopeCipher(key, context, await ring.unwrap(key, context));
  }

  seal(piece: Buffer, position: number): Buffer {
    return seal(this.#dataKey, piece, `${this.context}#${position}`);
  }

  open(sealed: Buffer, position: number): Buffer {
    return open(this.#dataKey, sealed, `${this.context}#${position}`);
  }
}

/** Envelope encryption of one small secret. `context` names its place: `organization/table/row`. */
export async function sealEnvelope(
  ring: KeyRing,
  plaintext: string,
  context: string,
): Promise<Envelope> {
  const cipher = await EnvelopeCipher.create(ring, context);
  return { ...cipher.key, sealed: cipher.seal(Buffer.from(plaintext), 0) };
}

export async function openEnvelope(
  ring: KeyRing,
  envelope: Envelope,
  context: string,
): Promise<string> {
  const cipher = await EnvelopeCipher.reopen(ring, envelope, context);
  return cipher.open(envelope.sealed, 0).toString();
}
