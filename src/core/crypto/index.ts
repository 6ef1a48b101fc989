export { type Envelope, EnvelopeCipher, openEnvelope, sealEnvelope } from './envelope.js';
export { KEY_RING, type KeyRing, tampered, type WrappedKey } from './key-ring.js';
export { EnvironmentKeyStore } from './keys/environment-key-store.js';
export { FileKeyStore } from './keys/file-key-store.js';
export { findHashKey } from './keys/hash-key.js';
export { retiredKey, unknownKey } from './keys/key-errors.js';
export { createKeyFile, newKeyFile } from './keys/key-file.js';
export { LayeredKeyStore } from './keys/layered-key-store.js';
export {
  isVaultWrapped,
  type KeyProvider,
  type KeyVersion,
  MASTER_KEY_STORE,
  type MasterKeyStore,
  type PlacedKey,
} from './keys/master-key-store.js';
export { parseMasterSecrets } from './master-keys.js';
export {
  KeyRotation,
  type KeyStatus,
  type RotationProgress,
  type RotationResult,
} from './rotation/key-rotation.js';
export { type SealedTable, sealedTable } from './rotation/sealed-table.js';
export { SensitiveValues } from './sensitive-values.js';
export { TenantHasher } from './tenant-hasher.js';
