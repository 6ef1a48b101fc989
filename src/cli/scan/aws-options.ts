import { Option, type Command } from 'commander';
import { usageError } from '../errors.js';

export const CLOUD_CONTROL_CHOICES = ['declared', 'off'] as const;

/** Which AWS accounts are read, and how; the flags of `driftguard scan` that begin with `--aws-`. */
export interface AwsFlags {
  readonly awsAccount?: readonly string[];
  readonly awsRole?: string;
  readonly awsExternalId?: string;
  readonly awsOrganization?: boolean;
  readonly awsUnit?: readonly string[];
  readonly awsExclude?: readonly string[];
  readonly awsAggregator?: string;
  readonly awsRecordersEnforced?: boolean;
  readonly awsCloudControl?: (typeof CLOUD_CONTROL_CHOICES)[number];
}

const repeatable = (value: string, all: readonly string[] = []): string[] => [...all, value];

export function addAwsOptions(command: Command): Command {
  return command
    .optionsGroup('AWS, several accounts (each of these implies --aws):')
    .option(
      '--aws-account <id|role-arn>',
      'an account to read: its number (with --aws-role) or the role to assume (repeatable)',
      repeatable,
    )
    .option('--aws-role <name>', 'role of that name in each account')
    .option('--aws-external-id <id>', 'external id the roles ask for')
    .option('--aws-organization', 'every active account of the organization, through --aws-role')
    .option('--aws-unit <id>', 'only below this organizational unit (repeatable)', repeatable)
    .option('--aws-exclude <account>', 'leave this account out (repeatable)', repeatable)
    .option(
      '--aws-aggregator <name@region>',
      'read through this AWS Config aggregator instead of account by account',
    )
    .option(
      '--aws-recorders-enforced',
      'AWS Config is known to record in every source of the aggregator',
    )
    .addOption(
      new Option(
        '--aws-cloud-control <which>',
        'ask Cloud Control for declared types AWS Config does not hold: one call per resource',
      ).choices(CLOUD_CONTROL_CHOICES),
    );
}

/** As `cloud_settings.aws` says it; null when the flags name nothing. @throws DomainError */
export function toAwsOptions(flags: AwsFlags): Readonly<Record<string, unknown>> | null {
  const { awsAccount, awsRole, awsExternalId, awsOrganization, awsUnit, awsExclude } = flags;
  const organization = awsOrganization === true || awsUnit !== undefined;
  if (organization && awsRole === undefined) {
    throw usageError('--aws-organization needs --aws-role: the role to assume in each account.');
  }
  const numbers = awsAccount?.filter((account) => /^\d{12}$/.test(account)) ?? [];
  if (numbers.length > 0 && awsRole === undefined && flags.awsAggregator === undefined) {
    throw usageError('--aws-account with an account number needs --aws-role, the role in it.');
  }
  if (awsExclude !== undefined && !organization) {
    throw usageError('--aws-exclude belongs to --aws-organization.');
  }
  const options = {
    ...(awsAccount && { accounts: awsAccount.map(toAccount) }),
    ...(awsRole !== undefined && { role_name: awsRole }),
    ...(awsExternalId !== undefined && { external_id: awsExternalId }),
    ...(organization && { organization: { units: awsUnit ?? [], exclude: awsExclude ?? [] } }),
    ...(flags.awsAggregator !== undefined && { aggregator: toAggregator(flags) }),
    ...(flags.awsCloudControl && { cloud_control: flags.awsCloudControl }),
  };
  return Object.keys(options).length > 0 ? options : null;
}

function toAccount(text: string): object {
  if (/^\d{12}$/.test(text)) return { account_id: text };
  if (text.startsWith('arn:')) return { role_arn: text };
  throw usageError(
    `--aws-account ${text} is neither an account number (12 digits) nor the ARN of a role.`,
  );
}

function toAggregator({ awsAggregator = '', awsRecordersEnforced }: AwsFlags): object {
  const [, name, region] = /^([\w-]+)@([a-z0-9-]+)$/.exec(awsAggregator) ?? [];
  if (!name || !region) {
    throw usageError(
      `--aws-aggregator ${awsAggregator} is not written NAME@REGION, such as company@eu-west-1.`,
    );
  }
  return { name, region, recorders_enforced: awsRecordersEnforced === true };
}
