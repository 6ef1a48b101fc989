/** What a scan can be asked to do beyond listing; each needs calls of its own. */
export type AwsPart =
  'identity' | 'listing' | 'cloud-control' | 'regions' | 'organization' | 'aggregator' | 'who';

export interface RequiredCall {
  /** As IAM names it; Cloud Control's calls are actions of CloudFormation. */
  readonly action: string;
  readonly part: AwsPart;
}

/** Every call the inventory makes; a test compares it with the commands in this folder. */
export const REQUIRED_CALLS: readonly RequiredCall[] = [
  { action: 'sts:GetCallerIdentity', part: 'identity' },
  { action: 'config:SelectResourceConfig', part: 'listing' },
  { action: 'config:BatchGetResourceConfig', part: 'listing' },
  { action: 'config:DescribeConfigurationRecorders', part: 'listing' },
  { action: 'config:DescribeConfigurationRecorderStatus', part: 'listing' },
  { action: 'config:ListDiscoveredResources', part: 'listing' },
  { action: 'cloudformation:ListResources', part: 'cloud-control' },
  { action: 'cloudformation:GetResource', part: 'cloud-control' },
  { action: 'account:ListRegions', part: 'regions' },
  { action: 'organizations:ListAccounts', part: 'organization' },
  { action: 'organizations:ListAccountsForParent', part: 'organization' },
  { action: 'organizations:ListOrganizationalUnitsForParent', part: 'organization' },
  { action: 'config:SelectAggregateResourceConfig', part: 'aggregator' },
  { action: 'config:BatchGetAggregateResourceConfig', part: 'aggregator' },
  { action: 'config:DescribeConfigurationAggregatorSourcesStatus', part: 'aggregator' },
  { action: 'cloudtrail:LookupEvents', part: 'who' },
];

/** Where IAM names a service otherwise than its CloudFormation types do, in lower case. */
const IAM_PREFIX: Readonly<Record<string, string>> = {
  amazonmq: 'mq',
  applicationautoscaling: 'application-autoscaling',
  apigatewayv2: 'apigateway',
  certificatemanager: 'acm',
  dax: 'dax',
  directoryservice: 'ds',
  docdb: 'rds',
  efs: 'elasticfilesystem',
  elasticloadbalancingv2: 'elasticloadbalancing',
  elasticsearch: 'es',
  emr: 'elasticmapreduce',
  eventschemas: 'schemas',
  inspectorv2: 'inspector2',
  kinesisfirehose: 'firehose',
  msk: 'kafka',
  neptune: 'rds',
  opensearchservice: 'es',
  opensearchserverless: 'aoss',
  stepfunctions: 'states',
  wafv2: 'wafv2',
};

/** Services whose `Get*` would hand out what they store: secrets, log lines, records, objects. */
const GETS_WITHOUT_CONTENT: Readonly<Record<string, readonly string[]>> = {
  dynamodb: ['GetResourcePolicy'],
  kinesis: ['GetResourcePolicy'],
  logs: ['GetDataProtectionPolicy', 'GetDelivery*', 'GetLogAnomalyDetector'],
  s3: ['GetBucket*', 'GetEncryptionConfiguration', 'GetLifecycleConfiguration'],
  secretsmanager: ['GetResourcePolicy'],
  ssm: ['GetDocument', 'GetMaintenanceWindow*', 'GetPatchBaseline'],
};

/**
 * What Cloud Control's read handler of a type may call: the reads of its service. The registry's schemas name the handlers' calls one by
 * one, but only to accounts that ask for them (`aws cloudformation describe-type`).
 */
export function serviceReads(type: string): readonly string[] {
  const service = type.split('::')[1]?.toLowerCase();
  if (service === undefined) return [];
  const prefix = IAM_PREFIX[service] ?? service;
  if (prefix === 'apigateway') return ['apigateway:GET'];
  const gets = GETS_WITHOUT_CONTENT[prefix] ?? ['Get*'];
  return ['Describe*', ...gets, 'List*'].map((read) => `${prefix}:${read}`);
}
