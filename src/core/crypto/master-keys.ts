import { hkdfSync } from 'node:crypto';
import { DomainError } from '../errors/index.js';
import { DATA_KEY_BYTES } from './key-ring.js';

const ENTRY = /^([1-9]\d{0,5}):(.{32,})$/;

/**
 * Reads `1:<secret>,2:<secret>`. The secrets are texts of at least 32 characters; the keys are derived from them.
 *
 * @throws DomainError `CONFIG.INVALID` without repeating a secret
 */
export function parseMasterKeys(text: string): ReadonlyMap<number, Buffer> {
  return new Map(
    [...parseMasterSecrets(text)].map(([version, secret]) => [version, deriveMasterKey(secret)]),
  );
}

/** The same, the secrets themselves: only for taking them over into a key file. */
export function parseMasterSecrets(text: string): ReadonlyMap<number, string> {
  const secrets = new Map<number, string>();
  for (const [position, entry] of text.split(',').entries()) {
    const [, version, secret] = ENTRY.exec(entry.trim()) ?? [];
    if (version === undefined || secret === undefined) {
      throw invalid(`entry ${position + 1} is not \`<version>:<secret of 32 characters or more>\``);
    }
    if (secrets.has(Number(version))) throw invalid(`version ${version} stands there twice`);
    secrets.set(Number(version), secret);
  }
  return secrets;
}

/** The key of a secret text; the same every time. */
export function deriveMasterKey(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'driftguard/master-key/v1', DATA_KEY_BYTES));
}

function invalid(problem: string): DomainError {
  return new DomainError({
    code: 'CONFIG.INVALID',
    kind: 'invalid',
    logLevel: 'error',
    message: `ENCRYPTION_KEYS is not usable: ${problem}. See docs/configuration.md.`,
  });
}
