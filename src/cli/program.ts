import { Command } from 'commander';
import { addAdmin } from './admin/admin-arguments.js';
import { addKeys } from './keys/keys-arguments.js';
import { addPolicy } from './policy/policy-arguments.js';
import { addPush } from './push/push-arguments.js';
import type { GlobalOptions, RunCommand } from './run-command.js';
import { addScan } from './scan/scan-arguments.js';
import { addResetPassword, addUp } from './up/up-arguments.js';
import { productVersion } from './version.js';

/** The command line. What a command needs is imported when it runs, so `--help` answers at once. */
export function createProgram(run: RunCommand): Command {
  const program = new Command('driftguard')
    .description(
      'Finds, explains and closes the gap between what infrastructure code declares and what is really running.',
    )
    .version(productVersion(), '-V, --version', 'print the version')
    .option('--no-color', 'plain text (also with NO_COLOR set)')
    .helpCommand('help [command]', 'help for a command')
    .helpOption('-h, --help', 'print this help')
    .showHelpAfterError('(--help shows every option with examples)')
    .addHelpText(
      'after',
      `
Exit codes:
  0 in sync   1 drift   2 error   3 partial coverage (nothing found, but not everything could be read)

Examples:
  driftguard scan --state terraform.tfstate --aws --region eu-west-1
  driftguard scan --manifests k8s/ --kubeconfig ~/.kube/config
  driftguard up`,
    );
  const globals = (): GlobalOptions => ({ color: program.opts<{ color: boolean }>().color });

  addScan(program, globals, run);
  addCompare(program, globals, run);
  addPolicy(program, globals, run);
  addPush(program, globals, run);
  addUp(program, globals, run);
  addResetPassword(program, globals, run);
  addKeys(program, globals, run);
  addAdmin(program, globals, run);
  program
    .command('version')
    .description('print the version')
    .action(() =>
      run(globals(), async ({ stdout }) => {
        stdout.write(`${productVersion()}\n`);
        return Promise.resolve(0);
      }),
    );
  return program;
}

function addCompare(program: Command, globals: () => GlobalOptions, run: RunCommand): void {
  program
    .command('compare <cases>')
    .description(
      'run the engine on recorded cases (JSON lines) and write its findings, one line each',
    )
    .option('--out <file>', 'write the findings here instead of to standard output')
    .option('--strict', 'also report what rules would suppress', false)
    .addHelpText(
      'after',
      `
The formats are described in docs/accuracy.md. A case that cannot be read is reported and skipped; the exit code is then 2.

Examples:
  driftguard compare cases.jsonl --out findings.jsonl
  zcat cases.jsonl.gz | driftguard compare - --strict`,
    )
    .action((cases: string, options: { out?: string; strict: boolean }) =>
      run(globals(), async (context) => {
        const { runCompare } = await import('./compare/compare.command.js');
        return runCompare({ cases, out: options.out ?? null, strict: options.strict }, context);
      }),
    );
}
