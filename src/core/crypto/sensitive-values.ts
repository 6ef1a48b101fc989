import type { TenantContext } from '../context/index.js';
import { ValueMasker } from '../privacy/index.js';
import { TenantHasher } from './tenant-hasher.js';

/** Hands out what masks and hashes secrets with a tenant's own key. */
export class SensitiveValues {
  readonly #key: Buffer;

  /** `key` must be the same for good; see `findHashKey`. */
  constructor(key: Buffer) {
    this.#key = key;
  }

  hasherFor(context: TenantContext): TenantHasher {
    return new TenantHasher(this.#key, context.organizationId);
  }

  maskerFor(context: TenantContext): ValueMasker {
    const hasher = this.hasherFor(context);
    return new ValueMasker((value) => hasher.hash(value));
  }
}
