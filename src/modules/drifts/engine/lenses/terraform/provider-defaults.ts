import type { ActualResource, JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import { isEmpty, read } from '../../values.js';

interface DefaultRule {
  readonly type: RegExp;
  readonly applies: (attributes: JsonObject, id: string) => boolean;
  readonly reason: string;
}

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value.trim() : '';
}

function named(pattern: RegExp): DefaultRule['applies'] {
  return (attributes, id) => pattern.test(text(read(attributes, 'name')) || id);
}

function flagged(...keys: string[]): DefaultRule['applies'] {
  return (attributes) => keys.some((key) => read(attributes, key) === true);
}

/** Switched off, or never set: the setting says what the account says without it. */
function off(...keys: string[]): DefaultRule['applies'] {
  return (attributes) => keys.every((key) => read(attributes, key) !== true);
}

/** Accounts Google makes and runs for its services (IAM, "Service agents" and "Default service accounts"). */
const GOOGLE_ACCOUNT =
  /^(serviceAccount:)?(service-\d+@.+\.iam\.gserviceaccount\.com|\d+@cloudservices\.gserviceaccount\.com|\d+-compute@developer\.gserviceaccount\.com|[\w.:-]+@appspot\.gserviceaccount\.com)$/;

/** What a cloud has before anybody creates anything, in the words of its Terraform provider. Each from the provider's docs. */
const RULES: readonly DefaultRule[] = [
  { type: /^aws_default_/, applies: () => true, reason: 'part of the default network' },
  { type: /^aws_vpc$/, applies: flagged('default', 'is_default'), reason: 'the default network' },
  {
    type: /^aws_subnet$/,
    applies: flagged('default_for_az'),
    reason: 'part of the default network',
  },
  {
    type: /^aws_(security_group|network_acl)$/,
    applies: (attributes) =>
      read(attributes, 'name') === 'default' || read(attributes, 'is_default') === true,
    reason: 'every network has one',
  },
  {
    type: /^aws_s3_(bucket|account)_public_access_block$/,
    applies: off(
      'block_public_acls',
      'block_public_policy',
      'ignore_public_acls',
      'restrict_public_buckets',
    ),
    reason: 'blocks nothing, as without it',
  },
  {
    type: /^aws_ebs_encryption_by_default$/,
    applies: off('enabled'),
    reason: 'switched off, as without it',
  },
  {
    type: /^aws_api_gateway_gateway_response$/,
    applies: (attributes) =>
      ['response_parameters', 'response_templates', 'status_code'].every((key) =>
        isEmpty(read(attributes, key)),
      ),
    reason: 'every REST API answers with it',
  },
  {
    type: /^aws_iam_role$/,
    applies: (attributes) => text(read(attributes, 'path')).startsWith('/aws-service-role/'),
    reason: 'service-linked role',
  },
  {
    type: /^aws_iam_policy$/,
    applies: (attributes, id) => /^arn:aws[\w-]*:iam::aws:policy\//.test(id),
    reason: 'managed by AWS',
  },
  { type: /^aws_kms_alias$/, applies: named(/^alias\/aws\//), reason: 'managed by AWS' },
  {
    type: /^aws_(db|rds_cluster|elasticache|docdb_cluster|neptune|redshift)_(cluster_)?parameter_group$/,
    applies: named(/^default\./),
    reason: 'managed by AWS',
  },
  { type: /^aws_db_option_group$/, applies: named(/^default:/), reason: 'managed by AWS' },
  {
    type: /^aws_cloudwatch_event_bus$/,
    applies: named(/^default$/),
    reason: 'every region has one',
  },
  { type: /^aws_athena_workgroup$/, applies: named(/^primary$/), reason: 'every region has one' },
  {
    type: /^google_.*_iam_member$/,
    applies: (attributes) => GOOGLE_ACCOUNT.test(text(read(attributes, 'member'))),
    reason: 'granted to an account Google runs',
  },
  {
    type: /^google_service_account$/,
    applies: (attributes) => GOOGLE_ACCOUNT.test(text(read(attributes, 'email'))),
    reason: 'made by Google with the project',
  },
  {
    type: /^google_compute_(network|subnetwork)$/,
    applies: named(/^default$/),
    reason: 'the default network',
  },
  {
    type: /^google_compute_firewall$/,
    applies: named(/^default-allow-(internal|ssh|rdp|icmp)$/),
    reason: 'part of the default network',
  },
  {
    type: /^azurerm_(resource_group|network_watcher)$/,
    applies: named(/^(NetworkWatcherRG|NetworkWatcher_\w+|DefaultResourceGroup-\w+)$/i),
    reason: 'made by Azure on first use',
  },
];

/** Why an inventory written in Terraform's words may list a resource nobody declared and nobody made; null when it may not. */
export function terraformProviderDefault(resource: ActualResource): string | null {
  if (resource.format !== 'terraform-attributes') return null;
  const rule = RULES.find(
    ({ type, applies }) => type.test(resource.type) && applies(resource.properties, resource.id),
  );
  return rule?.reason ?? null;
}
