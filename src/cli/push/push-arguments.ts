import { type Command, Option } from 'commander';
import type { GlobalOptions, RunCommand } from '../run-command.js';
import type { PushOptions } from './push-options.js';

const KINDS = [
  'auto',
  'terraform-state',
  'terraform-plan',
  'cloudformation',
  'kubernetes',
] as const;

const HELP = `
Reads a Terraform state, a plan or state of \`terraform show -json\`, a CloudFormation template or Kubernetes manifests, removes secrets on this
machine, and uploads the rest. What was removed is compared as "unverifiable", never as drift. See docs/push.md.

The API key needs the scope iac:push and nothing else; it can be bound to the one source.

Environment:
  DRIFTGUARD_URL      https://driftguard.example
  DRIFTGUARD_TOKEN    API key (dg_…); better than --token, which other users of the machine can see
  DRIFTGUARD_SOURCE   id of the source

Exit codes:
  0 pushed, or the source had the same content already   2 error

Examples:
  terraform state pull | driftguard push - --source 01980a3e-0000-7000-8000-000000000020
  terraform show -json plan.out | driftguard push -
  driftguard push template.yaml --remove UserData
  driftguard push terraform.tfstate --dry-run | less`;

type Given = Partial<Pick<PushOptions, 'url' | 'token' | 'source'>> &
  Omit<PushOptions, 'file' | 'url' | 'token' | 'source'>;

export function addPush(program: Command, globals: () => GlobalOptions, run: RunCommand): void {
  program
    .command('push')
    .description('send declared state to a DriftGuard server, without its secrets')
    .argument('[file]', 'what to send; - is standard input', '-')
    .option('--url <url>', 'the server (DRIFTGUARD_URL)')
    .option('--token <key>', 'the API key (DRIFTGUARD_TOKEN)')
    .option('--source <id>', 'the source whose content it is (DRIFTGUARD_SOURCE)')
    .addOption(new Option('--kind <kind>', 'what it is').choices(KINDS).default('auto'))
    .option('--remove <names>', 'also remove the values of keys with these names', list, [])
    .option('--allow-older', 'replace a newer serial of the same Terraform state', false)
    .option('--dry-run', 'print what would be sent, and send nothing', false)
    .addOption(
      new Option('--format <format>', 'how to print the result')
        .choices(['text', 'json'])
        .default('text'),
    )
    .addHelpText('after', HELP)
    .action((file: string, given: Given) =>
      run(globals(), async (context) => {
        const { runPush } = await import('./push.command.js');
        const { url = null, token = null, source = null, ...rest } = given;
        return runPush({ ...rest, file, url, token, source }, context);
      }),
    );
}

function list(text: string, before: readonly string[]): readonly string[] {
  return [...before, ...text.split(/[\s,]+/).filter(Boolean)];
}
