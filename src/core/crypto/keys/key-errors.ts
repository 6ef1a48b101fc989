import { DomainError } from '../../errors/index.js';
import type { KeyProvider } from './master-key-store.js';

export function unknownKey(version: number, provider: KeyProvider): DomainError {
  return new DomainError({
    code: 'CRYPTO.KEY_UNKNOWN',
    kind: 'unavailable',
    message: `This was encrypted with master key version ${version}, which is not configured here; add it to the configured keys.`,
    details: { keyVersion: version, provider },
    logLevel: 'error',
  });
}

export function retiredKey(version: number, provider: KeyProvider): DomainError {
  return new DomainError({
    code: 'CRYPTO.KEY_RETIRED',
    kind: 'unavailable',
    message: `This was encrypted with master key version ${version}, which is retired. After restoring a backup, make the version readable again and run \`driftguard keys rotate\`; see docs/security/keys.md.`,
    details: { keyVersion: version, provider },
    logLevel: 'error',
  });
}

export function readOnlyKeys(): DomainError {
  return new DomainError({
    code: 'CRYPTO.KEYS_READ_ONLY',
    kind: 'invalid',
    logLevel: 'error',
    message:
      'Keys in ENCRYPTION_KEYS cannot be changed from here. Append a new version (`,2:<secret>`) to it for the API, the workers and this command, restart them, then run this again.',
  });
}

export function unusableKeyFile(file: string, problem: string, cause?: unknown): DomainError {
  return new DomainError({
    code: 'CRYPTO.KEY_FILE',
    kind: 'unavailable',
    logLevel: 'error',
    message: `The key file ${file} is not usable: ${problem}.`,
    details: { file },
    cause,
  });
}
