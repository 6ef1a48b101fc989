export { CryptoModule } from './crypto.module.js';
export { type Envelope, EnvelopeCipher, openEnvelope, sealEnvelope } from './envelope.js';
export { KEY_RING, type KeyRing, LocalKeyRing, type WrappedKey } from './key-ring.js';
export { SensitiveValues } from './sensitive-values.js';
export { TenantHasher } from './tenant-hasher.js';
