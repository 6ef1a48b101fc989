import type { Config } from '../../config/index.js';
import { DomainError } from '../../errors/index.js';
import { deriveMasterKey, parseMasterKeys } from '../master-keys.js';
import type { FileKeyStore } from './file-key-store.js';

const FIRST_VERSION = 1;

/**
 * The key behind the hashes of sensitive values. It is not a version of the master keys and no rotation changes it: with
 * another one every sensitive value of every resource would seem to have changed. HASH_KEY, else the key file's, else what
 * is derived from version 1 of ENCRYPTION_KEYS.
 *
 * @throws DomainError `CRYPTO.HASH_KEY_MISSING` when version 1 was removed and nothing took its place
 */
export async function findHashKey(config: Config, keyFile: FileKeyStore | null): Promise<Buffer> {
  const own = config.get('HASH_KEY');
  if (own !== undefined) return deriveMasterKey(own);
  if (keyFile !== null) return deriveMasterKey(await keyFile.hashKey());
  const first = parseMasterKeys(config.get('ENCRYPTION_KEYS') ?? '').get(FIRST_VERSION);
  if (first !== undefined) return first;
  throw new DomainError({
    code: 'CRYPTO.HASH_KEY_MISSING',
    kind: 'invalid',
    logLevel: 'error',
    message:
      'ENCRYPTION_KEYS has no version 1, whose secret keys the hashes of sensitive values. Set HASH_KEY to that secret: with another one every sensitive value would seem to have changed.',
  });
}
