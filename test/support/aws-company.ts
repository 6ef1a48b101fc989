import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Three accounts in four regions: the declared state and the live side, as an estate of the sandbox. */
export const ACCOUNTS = ['100000000001', '200000000002', '300000000003'] as const;
export const REGIONS = ['eu-west-1', 'eu-central-1', 'us-east-1', 'ap-southeast-2'] as const;
export const MANAGEMENT = ACCOUNTS[0];
export const ROLE = 'driftguard-read';
export const EXTERNAL_ID = 'driftguard:5f0b9a51';
export const AGGREGATOR = { name: 'company', region: 'eu-west-1' } as const;
/** Left out: it was closed. */
export const SUSPENDED = '400000000004';

type Json = Readonly<Record<string, unknown>>;

interface Place {
  readonly account: string;
  readonly region: string;
}

const PLACES: readonly Place[] = ACCOUNTS.flatMap((account) =>
  REGIONS.map((region) => ({ account, region })),
);

/** What somebody did behind the code's back, as `drift_type address`. */
export const DRIFTS = {
  queue: 'modified aws_sqs_queue.jobs["100000000001/eu-west-1"]',
  role: 'modified aws_iam_role.worker["200000000002"]',
  topic: 'deleted aws_sns_topic.alerts["200000000002/us-east-1"]',
  logGroup: 'modified aws_cloudwatch_log_group.app["300000000003/eu-central-1"]',
  lostQueue: 'deleted aws_sqs_queue.jobs["300000000003/ap-southeast-2"]',
} as const;

/** Writes `estate/aws/…` and `production.tfstate` into a folder. */
export function writeCompany(folder: string): { estate: string; state: string } {
  const estate = path.join(folder, 'estate');
  const aws = path.join(estate, 'aws');
  for (const account of ACCOUNTS)
    write(path.join(aws, account, 'account.json'), accountFile(account));
  write(path.join(aws, 'organization.json'), {
    managementAccountId: MANAGEMENT,
    accounts: [
      ...ACCOUNTS.map((id) => ({ id, name: `team-${id.slice(-1)}` })),
      { id: SUSPENDED, name: 'closed', state: 'SUSPENDED' },
    ],
  });
  for (const place of PLACES) {
    const home = path.join(aws, place.account, place.region);
    write(path.join(home, 'items.json'), itemsOf(place));
    write(path.join(home, 'cloud-control.json'), { 'AWS::Logs::LogGroup': [logGroupModel(place)] });
  }
  const state = path.join(folder, 'production.tfstate');
  write(state, stateFile());
  return { estate, state };
}

function accountFile(account: string): Json {
  return {
    arn: `arn:aws:iam::${account}:user/scanner`,
    accessKeyIds: [`AKIA${account}`],
    roles: [{ name: ROLE, externalId: EXTERNAL_ID, trusts: [MANAGEMENT] }],
    aggregators: account === MANAGEMENT ? [AGGREGATOR] : [],
  };
}

const queueUrl = ({ account, region }: Place): string =>
  `https://sqs.${region}.amazonaws.com/${account}/jobs`;
const arn = (service: string, { account, region }: Place, rest: string): string =>
  `arn:aws:${service}:${region}:${account}:${rest}`;
const isAt = (place: Place, account: string, region: string): boolean =>
  place.account === account && place.region === region;

function itemsOf(place: Place): Json[] {
  const { account, region } = place;
  const roleId = `AROA${account}`;
  const status = (gone: boolean): string => (gone ? 'ResourceDeleted' : 'OK');
  return [
    {
      resourceType: 'AWS::SQS::Queue',
      resourceId: queueUrl(place),
      resourceName: 'jobs',
      arn: arn('sqs', place, 'jobs'),
      configurationItemStatus: status(isAt(place, '300000000003', 'ap-southeast-2')),
      configuration: {
        QueueName: 'jobs',
        QueueUrl: queueUrl(place),
        QueueArn: arn('sqs', place, 'jobs'),
        VisibilityTimeout: isAt(place, '100000000001', 'eu-west-1') ? '900' : '30',
        DelaySeconds: '0',
      },
    },
    {
      resourceType: 'AWS::SNS::Topic',
      resourceId: arn('sns', place, 'alerts'),
      resourceName: 'alerts',
      arn: arn('sns', place, 'alerts'),
      configurationItemStatus: status(isAt(place, '200000000002', 'us-east-1')),
      configuration: { TopicArn: arn('sns', place, 'alerts'), DisplayName: 'Alerts' },
    },
    {
      resourceType: 'AWS::IAM::Role',
      resourceId: roleId,
      resourceName: 'worker',
      awsRegion: 'global',
      arn: `arn:aws:iam::${account}:role/worker`,
      configuration: {
        path: '/',
        roleName: 'worker',
        roleId,
        arn: `arn:aws:iam::${account}:role/worker`,
        maxSessionDuration: account === '200000000002' ? 43200 : 3600,
      },
    },
    {
      resourceType: 'AWS::KMS::Key',
      resourceId: `key-${account}-${region}`,
      arn: arn('kms', place, `key/key-${account}-${region}`),
      configuration: { keyId: `key-${account}-${region}` },
      supplementaryConfiguration: { KeyRotationStatus: 'true' },
      // As in large answers: only a batch says what is beside the configuration.
      queryOmits: ['supplementaryConfiguration'],
    },
  ];
}

function logGroupModel(place: Place): Json {
  const retention = isAt(place, '300000000003', 'eu-central-1') ? 1 : 30;
  return {
    Identifier: '/app',
    Properties: {
      LogGroupName: '/app',
      Arn: `${arn('logs', place, 'log-group:/app')}:*`,
      LogGroupClass: 'STANDARD',
      RetentionInDays: retention,
    },
  };
}

function stateFile(): Json {
  const resource = (type: string, name: string, instances: readonly Json[]): Json => ({
    mode: 'managed',
    type,
    name,
    provider: 'provider["registry.terraform.io/hashicorp/aws"]',
    instances,
  });
  const each = (make: (place: Place) => Json): Json[] =>
    PLACES.map((place) => instance(`${place.account}/${place.region}`, make(place)));
  return {
    version: 4,
    terraform_version: '1.13.0',
    serial: 7,
    lineage: '0f0e6a52-8f59-4a53-a3ad-2f9d5d6f6a01',
    outputs: {},
    resources: [
      resource(
        'aws_sqs_queue',
        'jobs',
        each((place) => ({
          id: queueUrl(place),
          url: queueUrl(place),
          arn: arn('sqs', place, 'jobs'),
          name: 'jobs',
          region: place.region,
          visibility_timeout_seconds: 30,
          delay_seconds: 0,
        })),
      ),
      resource(
        'aws_sns_topic',
        'alerts',
        each((place) => ({
          id: arn('sns', place, 'alerts'),
          arn: arn('sns', place, 'alerts'),
          name: 'alerts',
          region: place.region,
          display_name: 'Alerts',
        })),
      ),
      resource(
        'aws_cloudwatch_log_group',
        'app',
        each((place) => ({
          id: '/app',
          arn: arn('logs', place, 'log-group:/app'),
          name: '/app',
          region: place.region,
          log_group_class: 'STANDARD',
          retention_in_days: 30,
        })),
      ),
      resource(
        'aws_iam_role',
        'worker',
        ACCOUNTS.map((account) =>
          instance(account, {
            id: 'worker',
            arn: `arn:aws:iam::${account}:role/worker`,
            name: 'worker',
            path: '/',
            unique_id: `AROA${account}`,
            max_session_duration: 3600,
          }),
        ),
      ),
    ],
  };
}

function instance(index: string, attributes: Json): Json {
  return { index_key: index, schema_version: 0, attributes, sensitive_attributes: [] };
}

function write(file: string, content: unknown): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(content, null, 2));
}
