import { Option, type Command } from 'commander';
import { usageError } from '../errors.js';
import type { GlobalOptions, RunCommand } from '../run-command.js';
import { addAwsOptions, toAwsOptions, type AwsFlags } from './aws-options.js';
import { cloudValues, refuseUnnamed } from './cloud-places.js';
import {
  FAIL_ON,
  FORMATS,
  UNMANAGED,
  readsAzure,
  type FailOn,
  type Format,
  type ScanOptions,
  type Unmanaged,
} from './scan-options.js';

interface Flags extends AwsFlags {
  readonly state?: readonly string[];
  readonly plan?: readonly string[];
  readonly template?: readonly string[];
  readonly manifests?: readonly string[];
  readonly stackName?: string;
  readonly parameters?: readonly string[];
  readonly physicalIds?: string;
  readonly actual?: readonly string[];
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly aws?: boolean;
  readonly azureSubscription?: readonly string[];
  readonly azureManagementGroup?: readonly string[];
  readonly gcpProject?: string;
  readonly region?: readonly string[];
  readonly profile?: string;
  readonly endpoint?: readonly string[];
  readonly account?: string;
  readonly namespace?: readonly string[];
  readonly ignore?: readonly string[];
  readonly ignoreFile?: readonly string[];
  readonly code?: readonly string[];
  readonly format: Format;
  readonly failOn: FailOn;
  readonly unmanaged: Unmanaged;
  readonly previous?: readonly string[];
  readonly strict?: boolean;
  readonly who?: boolean;
}

const repeatable = (value: string, all: readonly string[] = []): string[] => [...all, value];

const EXAMPLES = `
The live side is read only: no write permission, no state lock, no plan run.
A recorded inventory counts as complete for the types, accounts and regions it lists.

A state, template or manifests may live in a store; the credentials are those its own tool finds:
  s3://bucket/key   gs://bucket/object   azblob://account/container/blob   https://host/state   pg://host/database
  consul://host:8500/path   k8s://namespace/suffix   cfn://region/stack   helm://namespace/release   git::https://host/repo.git//path?ref=main
What each takes: docs/state-sources.md

Exit codes:
  0 in sync   1 drift (see --fail-on)   2 error   3 partial coverage: not everything could be read

Examples:
  driftguard scan --state terraform.tfstate --aws --region eu-west-1
  driftguard scan --state terraform.tfstate --aws-organization --aws-role driftguard-read --region all
  driftguard scan --state terraform.tfstate --azure-subscription 5f0b9a51-6f1d-4c55-9c0e-7d1f4a2b8c30
  driftguard scan --state terraform.tfstate --gcp-project my-project
  driftguard scan --state 's3://acme-states/net.tfstate?region=eu-west-1' --aws --region eu-west-1
  driftguard scan --manifests k8s/ --kubeconfig ~/.kube/config --context prod
  driftguard scan --template stack.yaml --stack-name billing --parameters Stage=prod --aws
  driftguard scan --plan plan.json                              (from: terraform show -json tfplan > plan.json)
  driftguard scan --state terraform.tfstate --actual config-items.json --format json
  kubectl get all -n shop -o json > live.json && driftguard scan --manifests k8s/ --actual live.json`;

export function addScan(program: Command, globals: () => GlobalOptions, run: RunCommand): void {
  const command = program
    .command('scan')
    .description('compare code with what is running, without a database')
    .optionsGroup('What the code declares (repeatable; FILE, folder, glob or URL of a store):')
    .option('--state <path>', 'Terraform or OpenTofu state, raw or from `show -json`', repeatable)
    .option('--plan <path>', 'plan from `terraform show -json`; needs no live side', repeatable)
    .option('--template <path>', 'CloudFormation template, JSON or YAML', repeatable)
    .option(
      '--manifests <path>',
      'Kubernetes manifests, also rendered Helm or Kustomize',
      repeatable,
    )
    .optionsGroup('Facts about a CloudFormation stack:')
    .option('--stack-name <name>', 'name of the stack')
    .option('--parameters <file|name=value>', 'parameter values (repeatable)', repeatable)
    .option('--physical-ids <file>', 'output of `aws cloudformation describe-stack-resources`')
    .optionsGroup('What is running:')
    .option('--aws', 'read AWS Config with the usual AWS credentials')
    .option(
      '--azure-subscription <id>',
      'read Azure Resource Graph of a subscription with the usual Azure credentials (repeatable)',
      repeatable,
    )
    .option(
      '--azure-management-group <id>',
      'every subscription below a management group (repeatable)',
      repeatable,
    )
    .option(
      '--gcp-project <id>',
      'read Cloud Asset Inventory of a project (or folders/N, organizations/N) with the usual Google credentials',
    )
    .option(
      '--region <[cloud=]region>',
      'AWS region or `all`, Azure or Google location; with several clouds aws=…, azure=…, gcp=… (repeatable)',
      repeatable,
    )
    .option('--profile <name>', 'AWS profile')
    .option(
      '--endpoint <[cloud=]url>',
      'another endpoint (proxy, VPC endpoint); with several clouds aws=…, azure=…, gcp=… (repeatable)',
      repeatable,
    )
    .option('--kubeconfig <file>', 'read a Kubernetes cluster')
    .option(
      '--context <name>',
      'context of the kubeconfig; several with commas, * for all: one scan of several clusters',
    )
    .option('--namespace <name>', 'only this namespace (repeatable)', repeatable)
    .option(
      '--actual <file>',
      'recorded inventory: AWS Config items, Kubernetes objects, … (repeatable)',
      repeatable,
    )
    .option('--account <id>', 'account, project or cluster name, where neither side says it');
  addAwsOptions(command)
    .optionsGroup('What to report:')
    .addOption(new Option('--format <format>', 'output').choices(FORMATS).default('table'))
    .addOption(
      new Option(
        '--fail-on <what>',
        'what makes the exit code 1: a verdict, or confirmed drift of at least this severity',
      )
        .choices(FAIL_ON)
        .default('confirmed'),
    )
    .addOption(
      new Option('--unmanaged <which>', 'live resources no code declares')
        .choices(UNMANAGED)
        .default('declared-types'),
    )
    .option(
      '--ignore <path>',
      'attribute path to ignore, * and ** allowed (repeatable)',
      repeatable,
    )
    .option(
      '--ignore-file <file>',
      'ignore rules: .driftignore, .tfdriftignore, Argo CD or our own YAML (repeatable)',
      repeatable,
    )
    .option(
      '--code <folder>',
      'Terraform code whose lifecycle.ignore_changes count (repeatable)',
      repeatable,
    )
    .option(
      '--previous <state>',
      'state of an earlier scan: what has changed its address or was made anew since (repeatable)',
      repeatable,
    )
    .option('--strict', 'also report what rules explain away')
    .option(
      '--who',
      'also say who made each drift: CloudTrail, Azure resource changes, Cloud Audit Logs (up to a minute)',
    )
    .addHelpText('after', EXAMPLES)
    .action((flags: Flags) =>
      run(globals(), async (context) => {
        const { runScan } = await import('./scan.command.js');
        return runScan(toScanOptions(flags), context);
      }),
    );
}

/** Relations between options that the parser does not check. @throws DomainError */
export function toScanOptions(flags: Flags): ScanOptions {
  const awsOptions = toAwsOptions(flags);
  const options: ScanOptions = {
    declared: {
      states: flags.state ?? [],
      plans: flags.plan ?? [],
      templates: flags.template ?? [],
      manifests: flags.manifests ?? [],
    },
    template: {
      stackName: flags.stackName ?? null,
      parameters: flags.parameters ?? [],
      physicalIds: flags.physicalIds ?? null,
    },
    actual: {
      recorded: flags.actual ?? [],
      kubeconfig: flags.kubeconfig ?? null,
      context: flags.context ?? null,
      aws: flags.aws ?? awsOptions !== null,
      awsOptions,
      azureSubscriptions: flags.azureSubscription ?? [],
      azureManagementGroups: flags.azureManagementGroup ?? [],
      gcpProject: flags.gcpProject ?? null,
      regions: cloudValues(flags.region),
      profile: flags.profile ?? null,
      endpoints: cloudValues(flags.endpoint),
    },
    accountId: flags.account ?? null,
    namespaces: flags.namespace ?? [],
    ignore: flags.ignore ?? [],
    ignoreFiles: flags.ignoreFile ?? [],
    code: flags.code ?? [],
    format: flags.format,
    failOn: flags.failOn,
    unmanaged: flags.unmanaged,
    previous: flags.previous ?? [],
    strict: flags.strict ?? false,
    who: flags.who ?? false,
  };
  refuseContradictions(options);
  return options;
}

function refuseContradictions({ declared, actual, who }: ScanOptions): void {
  const sources = [declared.states, declared.plans, declared.templates, declared.manifests];
  if (sources.every((names) => names.length === 0)) {
    throw usageError(
      'Nothing declared. Name the code: --state, --plan, --template or --manifests (see driftguard scan --help).',
    );
  }
  const clouds = [actual.aws, readsAzure(actual), actual.gcpProject !== null];
  const cloud = clouds.includes(true);
  const live = cloud || actual.kubeconfig !== null || actual.context !== null;
  if (live && actual.recorded.length > 0) {
    throw usageError(
      '--actual replaces the live side: leave out --aws, --azure-subscription, --gcp-project and --kubeconfig, or leave out --actual.',
    );
  }
  if (who && actual.recorded.length > 0) {
    throw usageError(
      '--who asks the live side; a recorded inventory (--actual) has no change log.',
    );
  }
  if (actual.recorded.length > 0) return;
  if (actual.profile !== null && !actual.aws) throw usageError('--profile belongs to --aws.');
  if ((actual.regions.plain.length > 0 || actual.regions.named.size > 0) && !cloud) {
    throw usageError('--region belongs to --aws, --azure-subscription or --gcp-project.');
  }
  refuseUnnamed(actual, clouds.filter(Boolean).length);
}
