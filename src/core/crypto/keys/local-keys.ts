import { DATA_KEY_BYTES, open, seal, type WrappedKey } from '../key-ring.js';
import { retiredKey, unknownKey } from './key-errors.js';
import { isVaultWrapped, type KeyProvider, type KeyVersion } from './master-key-store.js';

export interface LocalKey {
  readonly version: number;
  readonly key: Buffer;
  readonly createdAt: Date | null;
  readonly isRetired: boolean;
}

/** Master keys in this process's memory: the highest version wraps, the ones that are not retired unwrap. */
export class LocalKeys {
  readonly #keys: readonly LocalKey[];
  readonly #current: LocalKey;

  constructor(
    private readonly provider: KeyProvider,
    keys: readonly LocalKey[],
  ) {
    this.#keys = keys.toSorted((one, other) => one.version - other.version);
    for (const { version, key } of keys) {
      if (key.length !== DATA_KEY_BYTES)
        throw new Error(`Master key ${version} has ${key.length} bytes, ${DATA_KEY_BYTES} needed`);
    }
    const current = this.#keys.at(-1);
    if (current === undefined || current.isRetired)
      throw new Error('At least one master key is needed');
    this.#current = current;
  }

  wrap(dataKey: Buffer, context: string): WrappedKey {
    const { version, key } = this.#current;
    return { keyVersion: version, wrapped: seal(key, dataKey, context) };
  }

  unwrap({ keyVersion, wrapped }: WrappedKey, context: string): Buffer {
    const found = this.#keys.find(({ version }) => version === keyVersion);
    if (found === undefined || isVaultWrapped(wrapped)) throw unknownKey(keyVersion, this.provider);
    if (found.isRetired) throw retiredKey(keyVersion, this.provider);
    return open(found.key, wrapped, context);
  }

  versions(): KeyVersion[] {
    return this.#keys.map(({ version, createdAt, isRetired }) => ({
      version,
      createdAt,
      state: version === this.#current.version ? 'current' : isRetired ? 'retired' : 'readable',
    }));
  }
}
