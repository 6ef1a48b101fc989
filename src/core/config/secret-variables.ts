import { choice, optional, secret, text, url } from './variable.js';

const DEVELOPMENT_SECRET = 'development-only-secret-change-me-in-production';

type Values = Readonly<Record<string, unknown>>;
const isSet = (value: unknown): boolean => value !== undefined && value !== '';
const takesDatabaseLoginsFromVault = (values: Values): boolean => isSet(values.VAULT_DATABASE_ROLE);
const logsInToVaultWith = (method: string) => (values: Values) =>
  isSet(values.VAULT_ADDR) && values.VAULT_AUTH === method;

/** Master keys, logins of the database, and Vault, which can hold both. */
export const SECRET_VARIABLES = {
  KEY_PROVIDER: choice({
    group: 'Encryption keys',
    description:
      'Where the master keys are that seal credentials and uploaded states: ENCRYPTION_KEYS, ENCRYPTION_KEY_FILE or Vault transit. See docs/security/keys.md.',
    choices: ['environment', 'file', 'vault'],
    default: 'environment',
  }),
  ENCRYPTION_KEYS: optional(
    secret({
      group: 'Encryption keys',
      description:
        'Master keys: `1:<secret>`. To rotate, append `,2:<new secret>`, keep the old one and run `driftguard keys rotate`.',
      minLength: 34,
      defaults: {
        development: `1:${DEVELOPMENT_SECRET}`,
        testing: `1:${DEVELOPMENT_SECRET}`,
      },
    }),
    {
      description: 'KEY_PROVIDER is environment',
      test: (values) => values.KEY_PROVIDER === 'environment',
    },
  ),
  ENCRYPTION_KEY_FILE: optional(
    text({
      group: 'Encryption keys',
      description:
        'File with the master keys, readable and writable by its owner only (0600). `driftguard keys create` makes it.',
    }),
    { description: 'KEY_PROVIDER is file', test: (values) => values.KEY_PROVIDER === 'file' },
  ),
  HASH_KEY: optional(
    secret({
      group: 'Encryption keys',
      description:
        'Keys the hashes that stand for sensitive values; with another one every sensitive value looks changed, so it stays for good. Without it, the key file has one, and with ENCRYPTION_KEYS it is the secret of version 1.',
      minLength: 32,
    }),
    {
      description: 'KEY_PROVIDER is vault and there is neither key file nor ENCRYPTION_KEYS',
      test: (values) =>
        values.KEY_PROVIDER === 'vault' &&
        !isSet(values.ENCRYPTION_KEYS) &&
        !isSet(values.ENCRYPTION_KEY_FILE),
    },
  ),

  VAULT_ADDR: optional(
    url({
      group: 'Vault',
      description:
        'Address of Vault, such as https://vault:8200. Without it nothing is asked of Vault.',
      protocols: ['http:', 'https:'],
    }),
    {
      description: 'KEY_PROVIDER is vault or VAULT_DATABASE_ROLE is set',
      test: (values) => values.KEY_PROVIDER === 'vault' || takesDatabaseLoginsFromVault(values),
    },
  ),
  VAULT_NAMESPACE: text({
    group: 'Vault',
    description: 'Namespace (Vault Enterprise, HCP Vault).',
    default: '',
  }),
  VAULT_CA_FILE: text({
    group: 'Vault',
    description: 'PEM file with the authority that signed the certificate of Vault.',
    default: '',
  }),
  VAULT_AUTH: choice({
    group: 'Vault',
    description: 'How to log in.',
    choices: ['approle', 'kubernetes'],
    default: 'approle',
  }),
  VAULT_AUTH_MOUNT: text({
    group: 'Vault',
    description: 'Where the auth method is mounted. Empty: under its own name.',
    default: '',
  }),
  VAULT_ROLE_ID: optional(text({ group: 'Vault', description: 'Role id of the AppRole.' }), {
    description: 'VAULT_ADDR is set and VAULT_AUTH is approle',
    test: logsInToVaultWith('approle'),
  }),
  VAULT_SECRET_ID: optional(
    secret({ group: 'Vault', description: 'Secret id of the AppRole, when the role needs one.' }),
  ),
  VAULT_KUBERNETES_ROLE: optional(
    text({ group: 'Vault', description: 'Role of the Kubernetes auth method.' }),
    {
      description: 'VAULT_ADDR is set and VAULT_AUTH is kubernetes',
      test: logsInToVaultWith('kubernetes'),
    },
  ),
  VAULT_KUBERNETES_TOKEN_FILE: text({
    group: 'Vault',
    description: 'Token of the service account; read anew at every login.',
    default: '/var/run/secrets/kubernetes.io/serviceaccount/token',
  }),
  VAULT_KV_PATH: text({
    group: 'Vault',
    description:
      'Secret of a KV version 2 engine with variables of this page, such as `secret/data/driftguard/application`; several separated by commas. The environment wins over it. Empty: none.',
    default: '',
  }),
  VAULT_TRANSIT_MOUNT: text({
    group: 'Vault',
    description: 'Where the transit engine is mounted.',
    default: 'transit',
  }),
  VAULT_TRANSIT_KEY: text({
    group: 'Vault',
    description: 'Transit key of this installation. It must be derived (`derived=true`).',
    default: 'driftguard',
  }),
  VAULT_DATABASE_MOUNT: text({
    group: 'Vault',
    description: 'Where the database engine is mounted.',
    default: 'database',
  }),
  VAULT_DATABASE_ROLE: text({
    group: 'Vault',
    description:
      'Role of the database engine that makes logins of the application role. With it DB_USER and DB_PASSWORD are not used.',
    default: '',
  }),
  VAULT_DATABASE_SYSTEM_ROLE: optional(
    text({
      group: 'Vault',
      description:
        'The same for the system role, in the place of DB_SYSTEM_USER and DB_SYSTEM_PASSWORD.',
    }),
    { description: 'VAULT_DATABASE_ROLE is set', test: takesDatabaseLoginsFromVault },
  ),

  DB_USER: text({
    group: 'PostgreSQL',
    description:
      'Application role: API and workers. It owns nothing and row-level security binds it.',
    default: 'driftguard_app',
  }),
  DB_PASSWORD: optional(
    secret({
      group: 'PostgreSQL',
      description: 'Password of the application role.',
      defaults: { development: 'changeme-app', testing: 'changeme-app' },
    }),
    {
      description: 'VAULT_DATABASE_ROLE is not set',
      test: (values) => !takesDatabaseLoginsFromVault(values),
    },
  ),
  DB_SYSTEM_USER: text({
    group: 'PostgreSQL',
    description: 'System role: scheduler and retention. It reads a few columns across tenants.',
    default: 'driftguard_system',
  }),
  DB_SYSTEM_PASSWORD: optional(
    secret({
      group: 'PostgreSQL',
      description: 'Password of the system role.',
      defaults: { development: 'changeme-system', testing: 'changeme-system' },
    }),
    {
      description: 'VAULT_DATABASE_ROLE is not set',
      test: (values) => !takesDatabaseLoginsFromVault(values),
    },
  ),
} as const;
