import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../../core/providers/index.js';
import { compareAws, type AwsSetting } from '../../../knowledge/testing/compare-aws.js';

/** Findings only; what was not compared is looked at where it matters. */
function drift(
  type: string,
  declared: JsonObject,
  live: JsonObject,
  setting: AwsSetting = { format: 'aws-describe' },
): string[] {
  return compareAws(type, declared, live, setting).findings.map(
    ({ verdict, path, actualPath }) => `${verdict} ${path} at ${actualPath}`,
  );
}

describe('hashicorp/aws against the API', () => {
  it.each<[string, string, JsonObject, JsonObject]>([
    [
      'the naming rule',
      'aws_cloudwatch_metric_alarm',
      { comparison_operator: 'x', evaluation_periods: 1 },
      { ComparisonOperator: 'x', EvaluationPeriods: 1 },
    ],
    [
      'the published map',
      'aws_sqs_queue',
      { message_retention_seconds: 60 },
      { MessageRetentionPeriod: '60' },
    ],
    [
      'the word of the type in front',
      'aws_cloudwatch_log_metric_filter',
      { name: 'f', pattern: 'p' },
      { filterName: 'f', filterPattern: 'p' },
    ],
    [
      'a block that occurs once',
      'aws_bedrock_guardrail',
      { content_policy_config: [{ tier_config: [{ tier_name: 'CLASSIC' }] }] },
      { contentPolicy: { tier: { tierName: 'CLASSIC' } } },
    ],
    ['tags as a map', 'aws_eip', { tags: { a: '1' } }, { Tags: [{ Key: 'a', Value: '1' }] }],
    [
      'ids inside objects',
      'aws_instance',
      { vpc_security_group_ids: ['sg-1'] },
      { SecurityGroups: [{ GroupId: 'sg-1', GroupName: 'web' }] },
    ],
    [
      'a nested place',
      'aws_instance',
      { availability_zone: 'us-east-1a' },
      { Placement: { AvailabilityZone: 'us-east-1a' } },
    ],
    [
      'a switch spelled as a state',
      'aws_instance',
      { monitoring: false },
      { Monitoring: { State: 'disabled' } },
    ],
    [
      'arguments of the tool',
      'aws_db_instance',
      { skip_final_snapshot: true, apply_immediately: true },
      { DBInstanceIdentifier: 'd' },
    ],
    [
      'what the provider computes',
      'aws_lambda_function',
      { last_modified: 'yesterday' },
      { LastModified: 'today' },
    ],
    [
      'what the API does not answer with',
      'aws_instance',
      { associate_public_ip_address: true },
      { InstanceId: 'i-1' },
    ],
  ])('is silent through %s', (_, type, declared, live) => {
    expect(drift(type, declared, live)).toEqual([]);
  });

  it.each<[string, string, JsonObject, JsonObject, string]>([
    [
      'the naming rule',
      'aws_autoscaling_group',
      { default_cooldown: 300 },
      { DefaultCooldown: 600 },
      'confirmed default_cooldown at DefaultCooldown',
    ],
    [
      'the published map',
      'aws_sqs_queue',
      { message_retention_seconds: 60 },
      { MessageRetentionPeriod: '61' },
      'confirmed message_retention_seconds at MessageRetentionPeriod',
    ],
    [
      'a block',
      'aws_bedrock_guardrail',
      { content_policy_config: [{ tier_config: [{ tier_name: 'CLASSIC' }] }] },
      { contentPolicy: { tier: { tierName: 'STANDARD' } } },
      'confirmed content_policy_config[0].tier_config[0].tier_name at contentPolicy[0].tier[0].tierName',
    ],
    [
      'tags',
      'aws_eip',
      { tags: { a: '1' } },
      { Tags: [{ Key: 'a', Value: '2' }] },
      'confirmed tags.a at Tags.a',
    ],
    [
      'an added tag',
      'aws_eip',
      { tags: { a: '1' } },
      {
        Tags: [
          { Key: 'a', Value: '1' },
          { Key: 'b', Value: '2' },
        ],
      },
      'confirmed tags.b at Tags.b',
    ],
    [
      'an empty value that is set',
      'aws_sqs_queue',
      { kms_master_key_id: '' },
      { KmsMasterKeyId: 'k' },
      'confirmed kms_master_key_id at KmsMasterKeyId',
    ],
    [
      'a field the answer should have',
      'aws_bedrock_guardrail',
      { description: 'mine' },
      { name: 'g' },
      'confirmed description at description',
    ],
  ])('speaks through %s', (_, type, declared, live, line) => {
    expect(drift(type, declared, live)).toEqual([line]);
  });

  it('never calls a difference in a guessed field a change', () => {
    const found = drift('aws_db_instance', { iops_limit_seconds: 5 }, { IopsLimit: 6 });
    expect(found.filter((line) => line.startsWith('confirmed'))).toEqual([]);
  });

  it('lists what it cannot map, with the reason', () => {
    const report = compareAws(
      'aws_instance',
      { credit_specification: [{ cpu_credits: 'standard' }] },
      { InstanceId: 'i-1' },
      { format: 'aws-describe' },
    );
    expect(report.notCompared).toEqual([
      {
        address: 'aws_instance',
        path: 'credit_specification',
        reason: 'no field of what the API returned is known to hold it',
      },
    ]);
  });
});

describe('resources that are a part of another', () => {
  const setting = (supplementary: JsonObject): AwsSetting => ({
    format: 'aws-config',
    companions: { supplementary },
  });
  const block = { bucket: 'live', block_public_acls: true };

  it('compares the part', () => {
    const versioning = { bucket: 'live', versioning_configuration: [{ status: 'Enabled' }] };
    expect(
      drift(
        'aws_s3_bucket_versioning',
        versioning,
        { name: 'live' },
        setting({ BucketVersioningConfiguration: '{"status":"Enabled"}' }),
      ),
    ).toEqual([]);
    expect(
      drift(
        'aws_s3_bucket_versioning',
        versioning,
        { name: 'live' },
        setting({ BucketVersioningConfiguration: { status: 'Suspended' } }),
      ),
    ).toHaveLength(1);
  });

  it('speaks when the whole part is gone', () => {
    expect(
      drift('aws_s3_bucket_public_access_block', block, { name: 'live' }, setting({})),
    ).toEqual(['confirmed block_public_acls at block_public_acls']);
  });

  it('finds one attachment among others', () => {
    const attachment = { role: 'live', policy_arn: 'arn:aws:iam::aws:policy/A' };
    const item = (...arns: string[]): JsonObject => ({
      attachedManagedPolicies: arns.map((policyArn) => ({ policyArn, policyName: 'n' })),
    });
    expect(
      drift(
        'aws_iam_role_policy_attachment',
        attachment,
        item('arn:aws:iam::aws:policy/B', 'arn:aws:iam::aws:policy/A'),
        { format: 'aws-config' },
      ),
    ).toEqual([]);
    expect(
      drift('aws_iam_role_policy_attachment', attachment, item('arn:aws:iam::aws:policy/B'), {
        format: 'aws-config',
      }),
    ).toEqual(['confirmed policy_arn at policy_arn']);
  });
});

describe('hashicorp/awscc', () => {
  it('follows the registry names', () => {
    const setting = { format: 'aws-cloudcontrol' } as const;
    expect(
      drift('awscc_sqs_queue', { visibility_timeout: 30 }, { VisibilityTimeout: 30 }, setting),
    ).toEqual([]);
    expect(
      drift('awscc_sqs_queue', { visibility_timeout: 30 }, { VisibilityTimeout: 31 }, setting),
    ).toEqual(['confirmed visibility_timeout at VisibilityTimeout']);
  });
});

describe('tags of an AWS Config item', () => {
  const item = (tags: Record<string, string>): AwsSetting => ({ format: 'aws-config', tags });

  it('are compared with a map and with a list', () => {
    const live = { description: 'k' };
    expect(drift('aws_kms_key', { tags: { a: '1' } }, live, item({ a: '1' }))).toEqual([]);
    expect(drift('aws_kms_key', { tags: { a: '1' } }, live, item({ a: '2' }))).toEqual([
      'confirmed tags.a at tags.a',
    ]);
    const list = { Tags: [{ Key: 'a', Value: '1' }] };
    expect(
      drift('AWS::EC2::Volume', list, { volumeId: 'v', size: 1 }, item({ a: '1', 'aws:x': 'y' })),
    ).toEqual([]);
    expect(drift('AWS::EC2::Volume', list, { volumeId: 'v', size: 1 }, item({ a: '2' }))).toEqual([
      'confirmed Tags[0].Value at tags[0].Value',
    ]);
  });

  it('prove nothing when there are none', () => {
    expect(drift('aws_kms_key', { tags: { a: '1' } }, { description: 'k' }, item({}))).toEqual([]);
  });

  it('are told apart into own, provider and foreign ones, each reported once', () => {
    const declared = { tags: { Name: 'x' }, tags_all: { Name: 'x', Env: 'prod' } };
    const found = (tags: Record<string, string>): string[] =>
      drift('aws_kms_key', declared, { description: 'k' }, item(tags));
    expect(found({ Name: 'x', Env: 'prod' })).toEqual([]);
    expect(found({ Name: 'y', Env: 'prod' })).toEqual(['confirmed tags.Name at tags.Name']);
    expect(found({ Name: 'x', Env: 'dev' })).toEqual(['confirmed tags.Env at tags.Env']);
    expect(found({ Name: 'x', Env: 'prod', Owner: 'eve' })).toEqual([
      'confirmed tags.Owner at tags.Owner',
    ]);
  });
});

describe('places the API names in its own way', () => {
  const CASES: readonly [
    what: string,
    type: string,
    own: JsonObject,
    same: JsonObject,
    other: JsonObject,
    path: string,
  ][] = [
    [
      'words of the type and of the name that overlap',
      'aws_db_instance',
      { instance_class: 'db.r6g.large' },
      { dBInstanceClass: 'db.r6g.large' },
      { dBInstanceClass: 'db.r6g.xlarge' },
      'instance_class',
    ],
    [
      'the one field of objects that is of the same kind',
      'aws_lambda_function',
      { layers: ['arn:aws:lambda:eu-west-1:1:layer:a:3'] },
      { layers: [{ arn: 'arn:aws:lambda:eu-west-1:1:layer:a:3', codeSize: 1 }] },
      { layers: [{ arn: 'arn:aws:lambda:eu-west-1:1:layer:a:4', codeSize: 1 }] },
      'layers[0]',
    ],
    [
      'a document as text here and as objects in other letters there',
      'aws_ecs_task_definition',
      { container_definitions: '[{"name":"web","image":"web:1","cpu":0}]' },
      { ContainerDefinitions: [{ Name: 'web', Image: 'web:1', Cpu: 0, Links: [] }] },
      { ContainerDefinitions: [{ Name: 'web', Image: 'web:2', Cpu: 0, Links: [] }] },
      'container_definitions[0].image',
    ],
    [
      'the element of a list that is in force',
      'aws_iam_policy',
      { policy: '{"Statement":[{"Effect":"Allow","Action":"s3:Get","Resource":"*"}]}' },
      {
        policyVersionList: [
          { document: '{}', isDefaultVersion: false },
          {
            document:
              '%7B%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22s3%3AGet%22%2C%22Resource%22%3A%22%2A%22%7D%5D%7D',
            isDefaultVersion: true,
          },
        ],
      },
      {
        policyVersionList: [
          {
            document:
              '%7B%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22s3%3A%2A%22%2C%22Resource%22%3A%22%2A%22%7D%5D%7D',
            isDefaultVersion: true,
          },
        ],
      },
      'policy.Statement[0].Action',
    ],
    [
      'an object that is missing as a whole',
      'aws_dynamodb_table',
      { stream_view_type: 'KEYS_ONLY', billing_mode: 'PROVISIONED' },
      { streamSpecification: { streamViewType: 'KEYS_ONLY' } },
      {},
      'stream_view_type',
    ],
  ];

  it.each(CASES)('%s', (_, type, own, same, other, path) => {
    const confirmed = (properties: JsonObject) =>
      drift(
        type,
        own,
        { deletionProtectionEnabled: false, ...properties },
        {
          format: 'aws-config',
        },
      ).filter((line) => line.startsWith('confirmed'));
    expect(confirmed(same)).toEqual([]);
    expect(confirmed(other)).toHaveLength(1);
    expect(confirmed(other)[0]).toContain(`confirmed ${path}`);
  });
});
