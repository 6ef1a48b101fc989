import type { KeyRing, WrappedKey } from '../key-ring.js';

/** Where master keys are; `KEY_PROVIDER` names one. */
export type KeyProvider = 'environment' | 'file' | 'vault';

export interface KeyVersion {
  readonly version: number;
  /** Null when nobody wrote it down. */
  readonly createdAt: Date | null;
  /** The current one wraps; readable ones unwrap; what a retired one wrapped is refused. */
  readonly state: 'current' | 'readable' | 'retired';
}

/** A wrapped key and the place it is bound to. */
export interface PlacedKey extends WrappedKey {
  readonly context: string;
}

/** Master keys with their versions: what `driftguard keys` works on. None of its methods hands out key material. */
export interface MasterKeyStore extends KeyRing {
  readonly provider: KeyProvider;
  /** In order; the current one is the last. */
  versions(): Promise<readonly KeyVersion[]>;
  /** Wraps the same data keys with the current version; the answer is in the order of what was given. */
  rewrap(keys: readonly PlacedKey[]): Promise<WrappedKey[]>;
  /** Makes a version and lets it wrap from now on. @throws DomainError `CRYPTO.KEYS_READ_ONLY` */
  addVersion(): Promise<number>;
  /** Older versions are refused from now on. @throws DomainError `CRYPTO.KEYS_READ_ONLY` */
  retireBelow(version: number): Promise<void>;
  /** Whether the store answers and has a key to wrap with; rejects with the reason when not. */
  check(): Promise<void>;
}

export const MASTER_KEY_STORE = Symbol('MASTER_KEY_STORE');

/** Vault's ciphertexts are text that begins with this; a locally wrapped key is 60 random bytes. */
const VAULT_PREFIX = 'vault:v';

/** Which kind of store wrapped this, by its form. */
export function isVaultWrapped(wrapped: Buffer): boolean {
  return wrapped.subarray(0, VAULT_PREFIX.length).toString('latin1') === VAULT_PREFIX;
}

/** The same question in SQL, for a `bytea` column. */
export function isVaultWrappedSql(column: string): string {
  return `(substring(${column} from 1 for ${VAULT_PREFIX.length}) = '${VAULT_PREFIX}'::bytea)`;
}
