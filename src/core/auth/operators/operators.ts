import { createHash, timingSafeEqual } from 'node:crypto';

/** Who runs the installation: nobody's user, with a token of their own. */
export interface Operator {
  readonly name: string;
  readonly ip: string;
  readonly correlationId: string;
}

const ENTRY = /^([A-Za-z0-9._@-]{1,60})=([0-9a-f]{64})$/;

/** The entries of OPERATORS: `name=<SHA-256 of the token, in hex>`. The token is random, so a fast hash is enough. */
export class Operators {
  readonly #hashes: ReadonlyMap<string, Buffer>;

  /** @throws Error that names the entry which is none by its position */
  constructor(entries: readonly string[]) {
    const parsed = entries.map((entry, index) => {
      const [, name, hash] = ENTRY.exec(entry) ?? [];
      if (name === undefined || hash === undefined) {
        throw new Error(
          `entry ${index + 1} of OPERATORS is not name=<SHA-256 of the token, 64 hex digits>`,
        );
      }
      return [name, Buffer.from(hash, 'hex')] as const;
    });
    this.#hashes = new Map(parsed);
    if (this.#hashes.size !== parsed.length) throw new Error('two operators have one name');
  }

  /** The name of the operator this token belongs to; every one is compared, whoever matches. */
  nameOf(token: string): string | null {
    const hash = createHash('sha256').update(token).digest();
    const matching = [...this.#hashes].filter(([, expected]) => timingSafeEqual(expected, hash));
    return matching[0]?.[0] ?? null;
  }
}
