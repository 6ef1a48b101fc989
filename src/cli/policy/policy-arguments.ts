import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import type { GlobalOptions, RunCommand } from '../run-command.js';
import {
  POLICY_FORMATS,
  POLICY_PARTS,
  POLICY_PROVIDERS,
  type PolicyFormat,
  type PolicyPart,
  type PolicyProvider,
} from './policy-options.js';

const HELP = `
Prints the least rights that read what is asked for, from the list of the calls DriftGuard makes. Nothing is called.
Without --format: a policy in JSON for AWS, a role in JSON for Azure, in YAML for Google Cloud and Kubernetes.
See docs/permissions.md.

Examples:
  driftguard policy aws
  driftguard policy aws --types aws_s3_bucket,AWS::SQS::Queue --with who --accounts organization
  driftguard policy gcp > role.yaml && gcloud iam roles create driftguardRead --project P --file role.yaml
  driftguard policy kubernetes --types kubernetes_deployment_v1,v1/Service | kubectl apply -f -`;

interface Given {
  readonly types: readonly string[];
  readonly with: readonly PolicyPart[];
  readonly accounts?: string;
  readonly format?: PolicyFormat;
}

export function addPolicy(program: Command, globals: () => GlobalOptions, run: RunCommand): void {
  program
    .command('policy')
    .description('print the least read-only policy a scan needs')
    .addArgument(new Argument('<provider>', 'whose policy').choices(POLICY_PROVIDERS))
    .option(
      '--types <types>',
      'types to read, by Terraform or native name; all without it',
      list,
      [],
    )
    .option('--with <parts>', `also ${POLICY_PARTS.join(', ')}`, parts, [])
    .addOption(
      new Option('--accounts <which>', 'also every account of the organization').choices([
        'organization',
      ]),
    )
    .addOption(new Option('--format <format>', 'how to print it').choices(POLICY_FORMATS))
    .addHelpText('after', HELP)
    .action((provider: PolicyProvider, given: Given) =>
      run(globals(), async (context) => {
        const { runPolicy } = await import('./policy.command.js');
        const { types, format = null, accounts } = given;
        const organization = accounts === 'organization';
        return runPolicy({ provider, types, parts: given.with, organization, format }, context);
      }),
    );
}

function list(text: string, before: readonly string[]): readonly string[] {
  return [...before, ...text.split(/[\s,]+/).filter(Boolean)];
}

function parts(text: string, before: readonly PolicyPart[]): readonly PolicyPart[] {
  const found = list(text, []).map((name) => {
    const part = POLICY_PARTS.find((one) => one === name);
    if (part === undefined) {
      throw new InvalidArgumentError(`Allowed are ${POLICY_PARTS.join(', ')}.`);
    }
    return part;
  });
  return [...before, ...found];
}
