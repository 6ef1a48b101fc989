import type { Command } from 'commander';
import { usageError } from '../errors.js';
import type { GlobalOptions, RunCommand } from '../run-command.js';

const SURROUNDINGS = `
Reads the configuration of the API and the workers from the environment (KEY_PROVIDER, DB_…, VAULT_…), see
docs/configuration.md, and works on their database. See docs/security/keys.md.`;

const ROTATE_HELP = `${SURROUNDINGS}

Makes a new master key version, wraps the key of every sealed row again with it and then retires the older versions.
What is sealed is neither read nor written, and the service goes on meanwhile. It may be ended at any moment: the next
run continues where it was, and begins no second rotation before the first is finished.

Old versions are retired by the first run that finds nothing left and --retire-after over: an upload or a scan that
began before the new version finishes with the old one.

Exit codes:
  0 done, or nothing to do   2 error, or rows that could not be opened

Examples:
  driftguard keys rotate --dry-run
  driftguard keys rotate
  driftguard keys rotate --retire-after 0     the service is stopped`;

const CREATE_HELP = `
With --import the file takes over the keys in ENCRYPTION_KEYS: what they sealed stays readable, and the hashes of
sensitive values stay the same.

Examples:
  driftguard keys create /etc/driftguard/keys.json
  driftguard keys create /etc/driftguard/keys.json --import`;

const DEFAULT_RETIRE_AFTER = '60';

export function addKeys(program: Command, globals: () => GlobalOptions, run: RunCommand): void {
  const keys = program
    .command('keys')
    .description('the master keys that seal credentials and uploaded states')
    .helpCommand(false);
  keys
    .command('status')
    .description('show the key versions and how many rows each of them seals')
    .addHelpText('after', SURROUNDINGS)
    .action(() =>
      run(globals(), async (context) => {
        const { runKeysStatus } = await import('./rotate-keys.command.js');
        return runKeysStatus(context);
      }),
    );
  keys
    .command('rotate')
    .description('make a new key version and wrap everything again with it')
    .option('--dry-run', 'show what would be done and change nothing', false)
    .option(
      '--retire-after <minutes>',
      'how long older versions stay readable after the new one was made',
      DEFAULT_RETIRE_AFTER,
    )
    .addHelpText('after', ROTATE_HELP)
    .action((flags: { dryRun: boolean; retireAfter: string }) =>
      run(globals(), async (context) => {
        const { runKeysRotate } = await import('./rotate-keys.command.js');
        const retireAfterMs = parseMinutes(flags.retireAfter);
        return runKeysRotate({ isDryRun: flags.dryRun, retireAfterMs }, context);
      }),
    );
  keys
    .command('create <file>')
    .description('make a key file for KEY_PROVIDER=file')
    .option('--import', 'take over the keys in ENCRYPTION_KEYS', false)
    .addHelpText('after', CREATE_HELP)
    .action((file: string, flags: { import: boolean }) =>
      run(globals(), async (context) => {
        const { runKeysCreate } = await import('./create-key-file.command.js');
        return runKeysCreate({ file, isImport: flags.import }, context);
      }),
    );
}

function parseMinutes(text: string): number {
  const minutes = Number(text);
  if (/^\d{1,6}$/.test(text)) return minutes * 60_000;
  throw usageError(`--retire-after ${text}: give whole minutes, 0 for at once.`);
}
