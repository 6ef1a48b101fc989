import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import argon2 from 'argon2';

/** OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane. */
export const ARGON2ID = {
  type: argon2.argon2id,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
} as const;
const RANDOM_PASSWORD_BYTES = 15;

@Injectable()
export class PasswordHasher {
  /** Checked when there is no such user, so that both answers take the same time. */
  readonly #nobody = argon2.hash(randomBytes(32), ARGON2ID);

  hash(password: string): Promise<string> {
    return argon2.hash(password, ARGON2ID);
  }

  /** `hash` null means nobody: false, after the time a real check takes. */
  async verify(hash: string | null, password: string): Promise<boolean> {
    const matches = await argon2.verify(hash ?? (await this.#nobody), password);
    return hash !== null && matches;
  }

  /** Whether a hash was made with other parameters than today's, so that the next login should replace it. */
  isOutdated(hash: string): boolean {
    return !hash.startsWith('$argon2id$') || argon2.needsRehash(hash, ARGON2ID);
  }

  /** 120 bits, easy to copy. */
  static randomPassword(): string {
    return randomBytes(RANDOM_PASSWORD_BYTES).toString('base64url');
  }
}
