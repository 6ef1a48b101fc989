import { isVariable, type RawVariables } from '../../core/config/index.js';
import { DomainError } from '../../core/errors/index.js';
import type { VaultSession } from './vault-session.js';

/** What says how to reach Vault cannot be in Vault. */
const NOT_FROM_VAULT = /^(VAULT_|NODE_ENV$)/;

/**
 * Variables kept in one secret of a KV version 2 engine
 * (https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2#read-secret-version).
 *
 * @throws DomainError `CONFIG.INVALID` that names what is not a variable, never a value
 */
export async function readVaultVariables(
  session: VaultSession,
  path: string,
): Promise<RawVariables> {
  const { data } = await session.read(path);
  const secret = data?.data;
  if (typeof secret !== 'object' || secret === null) {
    throw invalid(
      path,
      'it is not a secret of a KV version 2 engine (its path has `/data/` in it)',
    );
  }
  const entries = Object.entries(secret as Record<string, unknown>);
  const foreign = entries.filter(([name]) => !isVariable(name) || NOT_FROM_VAULT.test(name));
  if (foreign.length > 0) {
    const names = foreign.map(([name]) => name).join(', ');
    throw invalid(path, `DriftGuard reads no ${names} from there`);
  }
  const structured = entries.filter(([, value]) => typeof value === 'object' && value !== null);
  if (structured.length > 0) {
    throw invalid(path, `${structured.map(([name]) => name).join(', ')} is not a text`);
  }
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

function invalid(path: string, problem: string): DomainError {
  return new DomainError({
    code: 'CONFIG.INVALID',
    kind: 'invalid',
    logLevel: 'error',
    message: `The variables in Vault at ${path} are not usable: ${problem}. See docs/security/keys.md.`,
  });
}
