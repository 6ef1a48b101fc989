export { TransitKeyStore } from './transit-key-store.js';
export { vaultOptions, vaultOptionsFrom } from './vault.options.js';
export { VaultDatabaseCredentials } from './vault-database-credentials.js';
export { type VaultLog, VaultSession } from './vault-session.js';
export { readVaultVariables } from './vault-variables.js';
