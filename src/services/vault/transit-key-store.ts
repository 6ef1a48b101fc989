import {
  type KeyVersion,
  type MasterKeyStore,
  type PlacedKey,
  retiredKey,
  tampered,
  unknownKey,
  type WrappedKey,
} from '../../core/crypto/index.js';
import { DomainError } from '../../core/errors/index.js';
import { VaultFailure } from './vault.errors.js';
import type { VaultSession } from './vault-session.js';

const CIPHERTEXT = /^vault:v([1-9]\d*):/;

/**
 * Master keys in Vault's transit engine (https://developer.hashicorp.com/vault/api-docs/secret/transit): they never leave
 * it. The key is derived, and the context of an envelope, which begins with its organization, is the context of the
 * derivation: each organization, and each row in it, has a key of its own, and what is moved elsewhere does not open.
 * `rewrap` knows that context, so a rotation shows no data key to anybody.
 */
export class TransitKeyStore implements MasterKeyStore {
  readonly provider = 'vault';

  constructor(
    private readonly session: VaultSession,
    private readonly options: { readonly mount: string; readonly key: string },
  ) {}

  async wrap(dataKey: Buffer, context: string): Promise<WrappedKey> {
    const { data } = await this.session.write(this.#path('encrypt'), {
      plaintext: dataKey.toString('base64'),
      context: base64(context),
    });
    return wrappedKey(data?.ciphertext);
  }

  async unwrap(key: WrappedKey, context: string): Promise<Buffer> {
    const { data } = await this.#opening(key, () =>
      this.session.write(this.#path('decrypt'), {
        ciphertext: key.wrapped.toString('latin1'),
        context: base64(context),
      }),
    );
    if (typeof data?.plaintext !== 'string') throw unexpected('decrypt');
    return Buffer.from(data.plaintext, 'base64');
  }

  async rewrap(keys: readonly PlacedKey[]): Promise<WrappedKey[]> {
    const [first] = keys;
    if (first === undefined) return [];
    const { data } = await this.#opening(first, () =>
      this.session.write(this.#path('rewrap'), {
        batch_input: keys.map(({ wrapped, context }) => ({
          ciphertext: wrapped.toString('latin1'),
          context: base64(context),
        })),
      }),
    );
    const results = data?.batch_results;
    if (!Array.isArray(results) || results.length !== keys.length) throw unexpected('rewrap');
    return results.map((one: { ciphertext?: unknown; error?: unknown }) => {
      if (typeof one.error === 'string' && one.error !== '') throw tampered(undefined);
      return wrappedKey(one.ciphertext);
    });
  }

  async versions(): Promise<readonly KeyVersion[]> {
    const { data } = await this.session.read(this.#path('keys'));
    const { keys, latest_version, min_decryption_version, derived } = data ?? {};
    if (derived !== true) throw this.#notDerived();
    if (typeof keys !== 'object' || keys === null) throw unexpected('keys');
    return Object.entries(keys as Record<string, unknown>)
      .map(([name, createdAt]): KeyVersion => {
        const version = Number(name);
        const state = version < Number(min_decryption_version) ? 'retired' : 'readable';
        return {
          version,
          createdAt: typeof createdAt === 'number' ? new Date(createdAt * 1000) : null,
          state: version === latest_version ? 'current' : state,
        };
      })
      .toSorted((one, other) => one.version - other.version);
  }

  async addVersion(): Promise<number> {
    await this.session.write(`${this.#path('keys')}/rotate`, {});
    const current = (await this.versions()).at(-1);
    if (current === undefined) throw unexpected('keys');
    return current.version;
  }

  /** Vault archives what is below and can bring it back. */
  async retireBelow(version: number): Promise<void> {
    await this.session.write(`${this.#path('keys')}/config`, { min_decryption_version: version });
  }

  check(): Promise<void> {
    return this.session.check();
  }

  #path(operation: string): string {
    return `${this.options.mount}/${operation}/${this.options.key}`;
  }

  /** Vault's reasons for refusing a ciphertext, as errors of ours. */
  async #opening<T>({ keyVersion }: WrappedKey, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof VaultFailure) || error.status !== 400) throw error;
      const said = error.reasons.join(' ');
      if (/too old/i.test(said)) throw retiredKey(keyVersion, this.provider);
      if (/too new|no such key|not found/i.test(said)) throw unknownKey(keyVersion, this.provider);
      throw tampered(error);
    }
  }

  #notDerived(): DomainError {
    const { mount, key } = this.options;
    return new DomainError({
      code: 'VAULT.KEY_NOT_DERIVED',
      kind: 'invalid',
      logLevel: 'error',
      message: `The transit key ${key} does not derive keys from a context, so it would not keep organizations apart. Make another one (vault write -f ${mount}/keys/<name> derived=true) and set VAULT_TRANSIT_KEY.`,
    });
  }
}

function wrappedKey(ciphertext: unknown): WrappedKey {
  const version = typeof ciphertext === 'string' ? CIPHERTEXT.exec(ciphertext)?.[1] : undefined;
  if (typeof ciphertext !== 'string' || version === undefined) throw unexpected('encrypt');
  return { keyVersion: Number(version), wrapped: Buffer.from(ciphertext, 'latin1') };
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

function unexpected(operation: string): DomainError {
  return new DomainError({
    code: 'VAULT.UNEXPECTED',
    kind: 'unavailable',
    logLevel: 'error',
    message: `Vault answered transit ${operation} in a form that is not documented. Is VAULT_ADDR a Vault?`,
  });
}
