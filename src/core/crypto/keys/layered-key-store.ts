import type { KeyRing, WrappedKey } from '../key-ring.js';
import {
  isVaultWrapped,
  type KeyProvider,
  type KeyVersion,
  type MasterKeyStore,
  type PlacedKey,
} from './master-key-store.js';

/**
 * A store that also opens what the former one wrapped, for moving between local keys and Vault: new envelopes go to
 * `primary`, and a rotation moves the others.
 */
export class LayeredKeyStore implements MasterKeyStore {
  readonly provider: KeyProvider;

  constructor(
    private readonly primary: MasterKeyStore,
    private readonly former: KeyRing,
  ) {
    this.provider = primary.provider;
  }

  wrap(dataKey: Buffer, context: string): Promise<WrappedKey> {
    return this.primary.wrap(dataKey, context);
  }

  unwrap(key: WrappedKey, context: string): Promise<Buffer> {
    return (this.#isPrimary(key) ? this.primary : this.former).unwrap(key, context);
  }

  async rewrap(keys: readonly PlacedKey[]): Promise<WrappedKey[]> {
    const own = await this.primary.rewrap(keys.filter((key) => this.#isPrimary(key)));
    const answers: WrappedKey[] = [];
    for (const key of keys) {
      const rewrapped = this.#isPrimary(key)
        ? own.shift()
        : await this.primary.wrap(await this.former.unwrap(key, key.context), key.context);
      if (rewrapped === undefined) throw new Error('a key was not wrapped again');
      answers.push(rewrapped);
    }
    return answers;
  }

  versions(): Promise<readonly KeyVersion[]> {
    return this.primary.versions();
  }

  addVersion(): Promise<number> {
    return this.primary.addVersion();
  }

  retireBelow(version: number): Promise<void> {
    return this.primary.retireBelow(version);
  }

  check(): Promise<void> {
    return this.primary.check();
  }

  #isPrimary(key: WrappedKey): boolean {
    return isVaultWrapped(key.wrapped) === (this.provider === 'vault');
  }
}
