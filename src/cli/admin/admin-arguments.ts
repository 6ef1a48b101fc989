import type { Command } from 'commander';
import type { GlobalOptions, RunCommand } from '../run-command.js';
import { addOperators } from './operator-arguments.js';
import type { ExpectedEnd } from './verify-audit.command.js';
import { usageError } from '../errors.js';
import { SURROUNDINGS } from './surroundings.js';

const VERIFY_HELP = `${SURROUNDINGS}

Recomputes every hash of the audit log and says where a chain breaks. Keep the end it prints somewhere else: with
--expect it proves later that nothing was cut off.

Exit codes:
  0 every chain is whole   2 error, or a chain is broken

Examples:
  driftguard admin verify-audit
  driftguard admin verify-audit --organization acme --expect 4711:9f86d081…`;

const RESET_HELP = `${SURROUNDINGS}

Be sure who asks: from then on the password alone opens the account. Stands in the audit log of the organization.

Example:
  driftguard admin reset-2fa --organization acme --user grace`;

/** For who runs the installation: what needs a shell on it rather than a role in it. */
export function addAdmin(program: Command, globals: () => GlobalOptions, run: RunCommand): void {
  const admin = program
    .command('admin')
    .description('management of an installation')
    .helpCommand(false);
  admin
    .command('create-admin')
    .description('add an administrator to an organization; prints the initial password')
    .requiredOption('--organization <slug>', 'of which organization')
    .requiredOption('--username <name>', 'to log in with')
    .requiredOption('--email <address>', 'mail address')
    .addHelpText('after', SURROUNDINGS)
    .action((flags: { organization: string; username: string; email: string }) =>
      run(globals(), async (context) => {
        const { runCreateAdmin } = await import('./people.command.js');
        return runCreateAdmin(flags, context);
      }),
    );
  admin
    .command('reset-2fa')
    .description('take the second factor off a user who lost it; ends their sessions')
    .requiredOption('--organization <slug>', 'of which organization')
    .requiredOption('--user <name>', 'username')
    .addHelpText('after', RESET_HELP)
    .action((flags: { organization: string; user: string }) =>
      run(globals(), async (context) => {
        const { runResetTwoFactor } = await import('./people.command.js');
        return runResetTwoFactor(flags, context);
      }),
    );
  admin
    .command('anonymise')
    .description('take a person out of everything, for good')
    .requiredOption('--organization <slug>', 'of which organization')
    .requiredOption('--user <name>', 'username')
    .addHelpText('after', SURROUNDINGS)
    .action((flags: { organization: string; user: string }) =>
      run(globals(), async (context) => {
        const { runAnonymise } = await import('./people.command.js');
        return runAnonymise(flags, context);
      }),
    );
  addOperators(admin, globals, run);
  admin
    .command('verify-audit')
    .description('say whether the audit logs are whole, and where they break')
    .option('--organization <slug>', 'only this one')
    .option('--expect <sequence:hash>', 'an end of the chain that was printed earlier')
    .addHelpText('after', VERIFY_HELP)
    .action((flags: { organization?: string; expect?: string }) =>
      run(globals(), async (context) => {
        const { runVerifyAudit } = await import('./verify-audit.command.js');
        const organization = flags.organization ?? null;
        return runVerifyAudit({ organization, expected: parseEnd(flags) }, context);
      }),
    );
  admin
    .command('retention')
    .description('what is older than its policy')
    .helpCommand(false)
    .command('run')
    .description('remove it now; the workers do so every day')
    .option('--organization <slug>', 'only this one')
    .option('--dry-run', 'only count it', false)
    .addHelpText('after', SURROUNDINGS)
    .action((flags: { organization?: string; dryRun: boolean }) =>
      run(globals(), async (context) => {
        const { runRetention } = await import('./upkeep.command.js');
        const organization = flags.organization ?? null;
        return runRetention({ organization, dryRun: flags.dryRun }, context);
      }),
    );
  admin
    .command('jobs')
    .description('the queues')
    .helpCommand(false)
    .command('redrive')
    .description('put every finally failed job back into its queue')
    .option('--queue <name>', 'only this one')
    .addHelpText('after', SURROUNDINGS)
    .action((flags: { queue?: string }) =>
      run(globals(), async (context) => {
        const { runRedrive } = await import('./upkeep.command.js');
        return runRedrive({ queue: flags.queue ?? null }, context);
      }),
    );
}

function parseEnd(flags: { organization?: string; expect?: string }): ExpectedEnd | null {
  if (flags.expect === undefined) return null;
  const [, sequence, hash] = /^(\d{1,18}):([0-9a-f]{64})$/.exec(flags.expect) ?? [];
  if (sequence === undefined || hash === undefined) {
    throw usageError(
      `--expect ${flags.expect}: give <sequence>:<64 hex digits>, as it was printed.`,
    );
  }
  if (flags.organization === undefined) {
    throw usageError('--expect is the end of one chain: say whose with --organization.');
  }
  return { sequence, hash };
}
