import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { DomainError } from '../../core/errors/index.js';
import { writePrivateFile } from '../../embedded/index.js';

/** Made once, kept for the life of the data directory: losing them loses what is encrypted and everybody's session. */
export interface Secrets {
  /** Signs access tokens. */
  readonly secretKey: string;
  /** 32 bytes, base64: encrypts stored credentials. */
  readonly encryptionKey: string;
  readonly ownerPassword: string;
  readonly applicationPassword: string;
  readonly systemPassword: string;
  /** Of the account through which `up` itself speaks to the API. */
  readonly operatorPassword: string;
}

const random = (encoding: 'base64' | 'base64url' = 'base64url'): string =>
  randomBytes(32).toString(encoding);

/** Reads the secrets, or makes them on the first start. @throws DomainError when the file is damaged: never replaced silently. */
export async function loadSecrets(file: string): Promise<Secrets> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  });
  const kept = text === null ? {} : parse(text, file);
  const secrets: Secrets = {
    secretKey: kept.secretKey ?? random(),
    encryptionKey: kept.encryptionKey ?? random('base64'),
    ownerPassword: kept.ownerPassword ?? random(),
    applicationPassword: kept.applicationPassword ?? random(),
    systemPassword: kept.systemPassword ?? random(),
    operatorPassword: kept.operatorPassword ?? random(),
  };
  await writePrivateFile(file, `${JSON.stringify(secrets, null, 2)}\n`);
  return secrets;
}

function parse(text: string, file: string): Partial<Secrets> {
  try {
    return JSON.parse(text) as Partial<Secrets>;
  } catch (cause) {
    throw new DomainError({
      code: 'UP.SECRETS_DAMAGED',
      kind: 'invalid',
      message: `${file} is not valid JSON. It holds the keys of everything stored beside it: restore it from a copy, or start anew with another --data-dir.`,
      cause,
    });
  }
}
