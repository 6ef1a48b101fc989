import type { WrappedKey } from '../key-ring.js';
import { parseMasterKeys } from '../master-keys.js';
import { readOnlyKeys } from './key-errors.js';
import { LocalKeys } from './local-keys.js';
import type { KeyVersion, MasterKeyStore, PlacedKey } from './master-key-store.js';

/** Master keys from ENCRYPTION_KEYS: whoever sets the environment makes and removes versions. */
export class EnvironmentKeyStore implements MasterKeyStore {
  readonly provider = 'environment';
  readonly #keys: LocalKeys;

  /** `text` is ENCRYPTION_KEYS. */
  constructor(text: string) {
    const keys = [...parseMasterKeys(text)].map(([version, key]) => ({
      version,
      key,
      createdAt: null,
      isRetired: false,
    }));
    this.#keys = new LocalKeys(this.provider, keys);
  }

  async wrap(dataKey: Buffer, context: string): Promise<WrappedKey> {
    return Promise.resolve(this.#keys.wrap(dataKey, context));
  }

  async unwrap(key: WrappedKey, context: string): Promise<Buffer> {
    return Promise.resolve(this.#keys.unwrap(key, context));
  }

  async rewrap(keys: readonly PlacedKey[]): Promise<WrappedKey[]> {
    return Promise.resolve(
      keys.map((key) => this.#keys.wrap(this.#keys.unwrap(key, key.context), key.context)),
    );
  }

  versions(): Promise<KeyVersion[]> {
    return Promise.resolve(this.#keys.versions());
  }

  addVersion(): Promise<never> {
    return Promise.reject(readOnlyKeys());
  }

  retireBelow(): Promise<never> {
    return Promise.reject(readOnlyKeys());
  }

  check(): Promise<void> {
    return Promise.resolve();
  }
}
