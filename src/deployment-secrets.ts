import type { Config } from './core/config/index.js';
import {
  EnvironmentKeyStore,
  FileKeyStore,
  findHashKey,
  LayeredKeyStore,
  type MasterKeyStore,
} from './core/crypto/index.js';
import { ConfiguredCredentials, type DatabaseCredentials } from './core/database/index.js';
import type { HealthCheck } from './core/health/index.js';
import {
  TransitKeyStore,
  VaultDatabaseCredentials,
  type VaultLog,
  vaultOptions,
  VaultSession,
} from './services/vault/index.js';

/** Where this installation's keys and logins come from, ready to be used. */
export interface DeploymentSecrets {
  readonly keys: MasterKeyStore;
  readonly hashKey: Buffer;
  readonly databaseCredentials: DatabaseCredentials;
  readonly checks: readonly HealthCheck[];
  close(): Promise<void>;
}

/** Chooses by configuration: KEY_PROVIDER for the master keys, VAULT_DATABASE_ROLE for the logins of the database. */
export async function openDeploymentSecrets(
  config: Config,
  log: VaultLog,
): Promise<DeploymentSecrets> {
  const options = vaultOptions(config);
  const session = options === null ? null : new VaultSession(options, log);
  const file = config.get('ENCRYPTION_KEY_FILE');
  const keyFile = file === undefined ? null : new FileKeyStore(file);
  const keys = chooseKeys(config, keyFile, session);
  const leased = leasedCredentials(config, session, log);
  const vaultChecks: HealthCheck[] =
    leased === null ? [] : [{ name: 'vault_database', check: () => leased.check() }];
  return {
    keys,
    hashKey: await findHashKey(config, keyFile),
    databaseCredentials: leased ?? new ConfiguredCredentials(config),
    checks: [{ name: `keys_${keys.provider}`, check: () => keys.check() }, ...vaultChecks],
    close: async () => {
      leased?.close();
      await session?.close();
    },
  };
}

function chooseKeys(
  config: Config,
  keyFile: FileKeyStore | null,
  session: VaultSession | null,
): MasterKeyStore {
  const text = config.get('ENCRYPTION_KEYS');
  const local = keyFile ?? (text === undefined ? null : new EnvironmentKeyStore(text));
  const transit =
    session === null
      ? null
      : new TransitKeyStore(session, {
          mount: config.get('VAULT_TRANSIT_MOUNT'),
          key: config.get('VAULT_TRANSIT_KEY'),
        });
  switch (config.get('KEY_PROVIDER')) {
    case 'vault':
      return layered(required(transit), local);
    case 'file':
      return layered(required(keyFile), transit);
    case 'environment':
      return layered(new EnvironmentKeyStore(required(text ?? null)), transit);
  }
}

/** The other kind, when it is configured too, still opens what it wrapped. */
function layered(primary: MasterKeyStore, former: MasterKeyStore | null): MasterKeyStore {
  return former === null ? primary : new LayeredKeyStore(primary, former);
}

/** The configuration was checked: what the provider needs is there. */
function required<T>(value: T | null): T {
  if (value === null) throw new Error('KEY_PROVIDER needs what is not configured');
  return value;
}

function leasedCredentials(
  config: Config,
  session: VaultSession | null,
  log: VaultLog,
): VaultDatabaseCredentials | null {
  const application = config.get('VAULT_DATABASE_ROLE');
  const system = config.get('VAULT_DATABASE_SYSTEM_ROLE');
  if (application === '' || system === undefined || session === null) return null;
  const mount = config.get('VAULT_DATABASE_MOUNT');
  return new VaultDatabaseCredentials(session, { mount, roles: { application, system } }, log);
}
