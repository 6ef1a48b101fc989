import path from 'node:path';
import type { CommandContext } from '../command-context.js';
import { usageError } from '../errors.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { printable } from '../output/text.js';
import { ApiClient } from './api-client.js';
import { openDataDirectory } from './data-directory.js';
import { readHolder } from './instance-lock.js';
import { loadSecrets } from './secrets.js';
import { OPERATOR } from './set-up-report.js';

/** Gives a user of the installation in this data directory a new initial password; whoever reads the directory may. */
export async function runResetPassword(
  options: { readonly username: string; readonly dataDir: string },
  context: CommandContext,
): Promise<ExitCode> {
  const { username } = options;
  const directory = await openDataDirectory(
    path.resolve(context.workingDirectory, options.dataDir),
  );
  const holder = await readHolder(directory.lockFile);
  if (holder === null) {
    throw usageError(
      `DriftGuard does not run on ${directory.root}. Start it (npm start), then reset the password from a second terminal.`,
    );
  }
  const { operatorPassword } = await loadSecrets(directory.secretsFile);
  const api = new ApiClient(
    `http://127.0.0.1:${holder.port}`,
    { username: OPERATOR, password: operatorPassword },
    context.signal,
  );
  await api.login();
  const user = (await api.listUsers()).find((one) => one.username === username);
  if (user === undefined) throw usageError(`There is no user ${username}.`);
  const password = await api.resetPassword(user.id);
  context.stdout.write(
    `New password of ${printable(username)}: ${password}\nIt has to be changed at the next login.\n`,
  );
  return EXIT.inSync;
}
