import { type Config, parseVariables, type RawVariables } from '../../core/config/index.js';

export const VAULT_VARIABLES = [
  'VAULT_ADDR',
  'VAULT_NAMESPACE',
  'VAULT_CA_FILE',
  'VAULT_AUTH',
  'VAULT_AUTH_MOUNT',
  'VAULT_ROLE_ID',
  'VAULT_SECRET_ID',
  'VAULT_KUBERNETES_ROLE',
  'VAULT_KUBERNETES_TOKEN_FILE',
] as const;

/** How a process logs in to Vault. */
export type VaultLogin =
  | {
      readonly method: 'approle';
      readonly mount: string;
      readonly roleId: string;
      readonly secretId: string | undefined;
    }
  | {
      readonly method: 'kubernetes';
      readonly mount: string;
      readonly role: string;
      readonly tokenFile: string;
    };

export interface VaultOptions {
  readonly address: string;
  readonly namespace: string;
  readonly caFile: string;
  readonly login: VaultLogin;
}

type Reader = Pick<Config, 'get'>;

/** Null when no Vault is configured. */
export function vaultOptions(config: Reader): VaultOptions | null {
  const address = config.get('VAULT_ADDR');
  if (address === undefined) return null;
  return {
    address,
    namespace: config.get('VAULT_NAMESPACE'),
    caFile: config.get('VAULT_CA_FILE'),
    login: loginOf(config),
  };
}

/** The same before the rest of the configuration is known, because it is in Vault. */
export function vaultOptionsFrom(raw: RawVariables): VaultOptions | null {
  const values = parseVariables(raw, VAULT_VARIABLES);
  return vaultOptions({ get: ((name: keyof typeof values) => values[name]) as Reader['get'] });
}

function loginOf(config: Reader): VaultLogin {
  const method = config.get('VAULT_AUTH');
  const mount = config.get('VAULT_AUTH_MOUNT') || method;
  if (method === 'kubernetes') {
    const tokenFile = config.get('VAULT_KUBERNETES_TOKEN_FILE');
    return { method, mount, role: config.get('VAULT_KUBERNETES_ROLE') ?? '', tokenFile };
  }
  const roleId = config.get('VAULT_ROLE_ID') ?? '';
  return { method, mount, roleId, secretId: config.get('VAULT_SECRET_ID') };
}
