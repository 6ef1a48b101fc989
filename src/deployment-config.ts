import {
  type Config,
  environmentVariables,
  parseConfig,
  parseVariables,
  type RawVariables,
} from './core/config/index.js';
import { readVaultVariables, vaultOptionsFrom, VaultSession } from './services/vault/index.js';

/**
 * The configuration of a deployment: the environment and, with VAULT_KV_PATH, what Vault keeps of it. The environment wins.
 *
 * @throws DomainError `CONFIG.INVALID`, `VAULT.…` when it is to be asked and cannot
 */
export async function loadDeploymentConfig(
  environment: RawVariables = environmentVariables(),
): Promise<Config> {
  const { VAULT_KV_PATH: path } = parseVariables(environment, ['VAULT_KV_PATH']);
  const options = path === '' ? null : vaultOptionsFrom(environment);
  if (options === null) return parseConfig(environment);
  // There is no logger before there is a configuration; failures are thrown.
  const session = new VaultSession(options, () => undefined);
  try {
    const kept: Record<string, string | undefined> = {};
    for (const one of path.split(',')) {
      Object.assign(kept, await readVaultVariables(session, one.trim()));
    }
    const own = Object.entries(environment).filter(([, text]) => text !== undefined && text !== '');
    return parseConfig({ ...kept, ...Object.fromEntries(own) });
  } finally {
    await session.close();
  }
}
