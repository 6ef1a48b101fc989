import type { WrappedKey } from '../key-ring.js';
import { deriveMasterKey } from '../master-keys.js';
import {
  type KeyFile,
  type KeyFileMark,
  markOf,
  newSecret,
  readKeyFile,
  writeKeyFile,
} from './key-file.js';
import { LocalKeys } from './local-keys.js';
import type { KeyVersion, MasterKeyStore, PlacedKey } from './master-key-store.js';

interface Loaded {
  readonly mark: KeyFileMark;
  readonly keys: LocalKeys;
}

/**
 * Master keys in a file of their own. Looked at before every use, so that a version made by `driftguard keys rotate` is
 * the current one in every process on the same file at once.
 */
export class FileKeyStore implements MasterKeyStore {
  readonly provider = 'file';
  #loaded: Loaded | null = null;

  constructor(readonly file: string) {}

  async wrap(dataKey: Buffer, context: string): Promise<WrappedKey> {
    return (await this.#keys()).wrap(dataKey, context);
  }

  async unwrap(key: WrappedKey, context: string): Promise<Buffer> {
    return (await this.#keys()).unwrap(key, context);
  }

  async rewrap(keys: readonly PlacedKey[]): Promise<WrappedKey[]> {
    const local = await this.#keys();
    return keys.map((key) => local.wrap(local.unwrap(key, key.context), key.context));
  }

  async versions(): Promise<readonly KeyVersion[]> {
    return (await this.#keys()).versions();
  }

  async addVersion(): Promise<number> {
    const content = await this.#content();
    const version = Math.max(...content.keys.map((one) => one.version)) + 1;
    const made = {
      version,
      created_at: new Date().toISOString(),
      retired_at: null,
      secret: newSecret(),
    };
    await writeKeyFile(this.file, { ...content, keys: [...content.keys, made] });
    return version;
  }

  async retireBelow(version: number): Promise<void> {
    const content = await this.#content();
    const retired_at = new Date().toISOString();
    const keys = content.keys.map((one) =>
      one.version < version && one.retired_at === null ? { ...one, retired_at } : one,
    );
    await writeKeyFile(this.file, { ...content, keys });
  }

  async check(): Promise<void> {
    await this.#keys();
  }

  /** The secret that keys the hashes of sensitive values. */
  async hashKey(): Promise<string> {
    return (await this.#content()).hash_key;
  }

  async #content(): Promise<KeyFile> {
    await markOf(this.file);
    return readKeyFile(this.file);
  }

  async #keys(): Promise<LocalKeys> {
    const mark = await markOf(this.file);
    if (this.#loaded !== null && isSame(this.#loaded.mark, mark)) return this.#loaded.keys;
    const { keys } = await readKeyFile(this.file);
    const local = new LocalKeys(
      this.provider,
      keys.map(({ version, secret, created_at, retired_at }) => ({
        version,
        key: deriveMasterKey(secret),
        createdAt: new Date(created_at),
        isRetired: retired_at !== null,
      })),
    );
    this.#loaded = { mark, keys: local };
    return local;
  }
}

function isSame(one: KeyFileMark, other: KeyFileMark): boolean {
  return one.inode === other.inode && one.changed === other.changed && one.size === other.size;
}
