import { Injectable } from '@nestjs/common';
import { Config } from '../config/index.js';
import type { TenantContext } from '../context/index.js';
import { ValueMasker } from '../privacy/index.js';
import { parseMasterKeys } from './master-keys.js';
import { TenantHasher } from './tenant-hasher.js';

/** Hands out what masks and hashes secrets with a tenant's own key. */
@Injectable()
export class SensitiveValues {
  readonly #key: Buffer;

  constructor(config: Config) {
    const keys = parseMasterKeys(config.get('ENCRYPTION_KEYS'));
    // The lowest version stays for good: with another key every sensitive value would seem to have changed.
    const key = keys.get(Math.min(...keys.keys()));
    if (key === undefined) throw new Error('there is no master key');
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
