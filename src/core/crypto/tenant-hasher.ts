import { createHmac, hkdfSync } from 'node:crypto';

const HASH_HEX_DIGITS = 24;

/**
 * Keyed hash of secret values, one key per organization: equal values of one tenant hash equally, so a change is seen;
 * nothing can be compared across tenants, and without the master key nothing can be guessed by trying.
 */
export class TenantHasher {
  readonly #key: Buffer;

  constructor(masterKey: Buffer, organizationId: string) {
    this.#key = Buffer.from(
      hkdfSync('sha256', masterKey, organizationId, 'driftguard/sensitive-values/v1', 32),
    );
  }

  /** 24 hex digits (96 bits). */
  hash(value: string): string {
    return createHmac('sha256', this.#key).update(value).digest('hex').slice(0, HASH_HEX_DIGITS);
  }
}
