import { readFile } from 'node:fs/promises';
import { DomainError } from '../../core/errors/index.js';

/**
 * What a pod proves itself with. Read at every login, because the kubelet replaces it.
 *
 * @throws DomainError `VAULT.TOKEN_UNREADABLE`
 */
export async function readServiceAccountToken(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (cause) {
    throw new DomainError({
      code: 'VAULT.TOKEN_UNREADABLE',
      kind: 'unavailable',
      logLevel: 'error',
      message: `The token of the service account cannot be read from ${file} (VAULT_KUBERNETES_TOKEN_FILE). It has to be mounted into the pod.`,
      cause,
    });
  }
}
