import { type Command, InvalidArgumentError } from 'commander';
import type { GlobalOptions, RunCommand } from '../run-command.js';
import { SURROUNDINGS } from './surroundings.js';

const MOST_EVENTS = 10_000;

const CREATE_HELP = `${SURROUNDINGS}

Prints a token and the secret of an authenticator app (TOTP), once; both are kept nowhere in clear. With the token
an operator calls /api/v1/platform; with token and code the queue board is opened at /queue-board.

Examples:
  driftguard admin operator create grace
  driftguard admin operator renew grace        # token or phone lost: the old ones are refused from now on
  driftguard admin operator disable grace`;

/** Operators run the installation and are users of no organization. Only who has a shell on it makes them. */
export function addOperators(admin: Command, globals: () => GlobalOptions, run: RunCommand): void {
  const operator = admin
    .command('operator')
    .description('who runs the installation: organizations and the queue board')
    .helpCommand(false);
  operator
    .command('create')
    .description('make an operator; prints token and second factor')
    .argument('<name>', 'letters, digits, dots, hyphens, underscores, @')
    .addHelpText('after', CREATE_HELP)
    .action((name: string) =>
      run(globals(), async (context) => {
        const { runCreateOperator } = await import('./operators.command.js');
        return runCreateOperator(name, context);
      }),
    );
  operator
    .command('renew')
    .description('another token and second factor for an operator, also for a disabled one')
    .argument('<name>')
    .addHelpText('after', SURROUNDINGS)
    .action((name: string) =>
      run(globals(), async (context) => {
        const { runRenewOperator } = await import('./operators.command.js');
        return runRenewOperator(name, context);
      }),
    );
  operator
    .command('disable')
    .description('refuse an operator from now on')
    .argument('<name>')
    .addHelpText('after', SURROUNDINGS)
    .action((name: string) =>
      run(globals(), async (context) => {
        const { runDisableOperator } = await import('./operators.command.js');
        return runDisableOperator(name, context);
      }),
    );
  operator
    .command('list')
    .description('the operators there are')
    .addHelpText('after', SURROUNDINGS)
    .action(() =>
      run(globals(), async (context) => {
        const { runListOperators } = await import('./operators.command.js');
        return runListOperators(context);
      }),
    );
  operator
    .command('events')
    .description('what operators did, the newest first')
    .option('--limit <n>', 'how many', limitOf, 50)
    .addHelpText('after', SURROUNDINGS)
    .action((flags: { limit: number }) =>
      run(globals(), async (context) => {
        const { runListOperatorEvents } = await import('./operators.command.js');
        return runListOperatorEvents(flags, context);
      }),
    );
}

function limitOf(text: string): number {
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_EVENTS) {
    throw new InvalidArgumentError(`Give a whole number from 1 to ${MOST_EVENTS}.`);
  }
  return limit;
}
