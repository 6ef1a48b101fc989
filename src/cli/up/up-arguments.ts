import type { Command } from 'commander';
import { usageError } from '../errors.js';
import type { GlobalOptions, RunCommand } from '../run-command.js';
import { DEFAULT_DATA_DIR, DEFAULT_PORT } from './up-options.js';

const EXAMPLES = `
Everything is kept in the data directory; stop with Ctrl-C, start again with the same command.

Exit codes with --once:
  0 in sync   1 drift   2 error   3 partial coverage: nothing found, but not everything could be read

Examples:
  driftguard up
  driftguard up --once
  driftguard up --port 8080 --data-dir /srv/driftguard --no-example`;

export function addUp(program: Command, globals: () => GlobalOptions, run: RunCommand): void {
  program
    .command('up')
    .description('run DriftGuard here, with its own PostgreSQL and Redis')
    .option('--port <number>', 'port of the API', String(DEFAULT_PORT))
    .option('--data-dir <folder>', 'where everything is kept', DEFAULT_DATA_DIR)
    .option('--no-example', 'without the example estate')
    .option('--once', 'scan, print the result and exit')
    .addHelpText('after', EXAMPLES)
    .action((flags: { port: string; dataDir: string; example: boolean; once?: boolean }) =>
      run(globals(), async (context) => {
        const { runUp } = await import('./up.command.js');
        const { port, dataDir, example, once = false } = flags;
        return runUp({ port: parsePort(port), dataDir, example, once }, context);
      }),
    );
}

export function addResetPassword(
  program: Command,
  globals: () => GlobalOptions,
  run: RunCommand,
): void {
  program
    .command('reset-password <username>')
    .description('give a user of a running `up` a new password')
    .option('--data-dir <folder>', 'data directory of that `up`', DEFAULT_DATA_DIR)
    .addHelpText('after', '\nExample:\n  driftguard reset-password admin')
    .action((username: string, { dataDir }: { dataDir: string }) =>
      run(globals(), async (context) => {
        const { runResetPassword } = await import('./reset-password.command.js');
        return runResetPassword({ username, dataDir }, context);
      }),
    );
}

/** @throws DomainError for anything but a port a server can have */
export function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw usageError(`--port ${text}: a port is a number from 1 to 65535.`);
}
