import path from 'node:path';
import { parseVariables } from '../../core/config/index.js';
import { createKeyFile, newKeyFile, parseMasterSecrets } from '../../core/crypto/index.js';
import type { CommandContext } from '../command-context.js';
import { usageError } from '../errors.js';
import { EXIT, type ExitCode } from '../exit-codes.js';

/** Makes a key file; an existing one is never touched. */
export async function runKeysCreate(
  options: { readonly file: string; readonly isImport: boolean },
  context: CommandContext,
): Promise<ExitCode> {
  const file = path.resolve(context.workingDirectory, options.file);
  const now = new Date();
  const content = options.isImport ? newKeyFile(now, imported(context, now)) : newKeyFile(now);
  await createKeyFile(file, content);
  const versions = content.keys.map(({ version }) => version).join(', ');
  context.stdout.write(
    `${file} holds master key version ${versions}. Set KEY_PROVIDER=file and ENCRYPTION_KEY_FILE=${file}.\n` +
      'Back it up apart from the database: without it nothing that was sealed can be opened.\n',
  );
  return EXIT.inSync;
}

function imported({ environment }: CommandContext, now: Date) {
  const text = environment.ENCRYPTION_KEYS;
  if (text === undefined || text === '') {
    throw usageError('--import: ENCRYPTION_KEYS is not set here.');
  }
  const secrets = [...parseMasterSecrets(text)];
  const { HASH_KEY } = parseVariables(environment, ['HASH_KEY']);
  const hashKey = HASH_KEY ?? secrets.find(([version]) => version === 1)?.[1];
  if (hashKey === undefined) {
    throw usageError(
      '--import: ENCRYPTION_KEYS has no version 1, whose secret keys the hashes of sensitive values. Set HASH_KEY to that secret.',
    );
  }
  return {
    hash_key: hashKey,
    keys: secrets.map(([version, secret]) => ({
      version,
      created_at: now.toISOString(),
      retired_at: null,
      secret,
    })),
  };
}
