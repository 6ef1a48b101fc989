import { describe, expect, it } from '@jest/globals';
import { eventSourceOf, globalEventRegion } from './event-sources.js';
import { parseRecord, readChange } from './trail-record.js';
import type { TrailFields } from './trail-fields.js';

const ROLE = 'arn:aws:sts::111122223333:assumed-role';
const USER = { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/lee', userName: 'lee' };
const record = (fields: TrailFields): TrailFields => ({
  eventTime: '2026-05-04T12:00:00Z',
  eventName: 'ModifyDBInstance',
  readOnly: false,
  userIdentity: USER,
  userAgent: 'aws-cli/2.31.4',
  ...fields,
});
const NAMES = new Set(['orders']);

describe('a CloudTrail record', () => {
  it('says who, when, with what and what was written', () => {
    const requestParameters = { dBInstanceIdentifier: 'orders', backupRetentionPeriod: 1 };
    expect(readChange(record({ requestParameters }), NAMES)).toEqual({
      source: 'aws-cloudtrail',
      actor: USER.arn,
      client: 'cli',
      at: '2026-05-04T12:00:00Z',
      action: 'ModifyDBInstance',
      paths: ['backupRetentionPeriod'],
      byParameters: true,
    });
  });

  it.each<[string, TrailFields, string | null]>([
    [
      'a session',
      { arn: `${ROLE}/AWSReservedSSO_Admin_1/ana@example.com` },
      `${ROLE}/AWSReservedSSO_Admin_1/ana@example.com`,
    ],
    [
      'a service',
      { type: 'AWSService', invokedBy: 'autoscaling.amazonaws.com' },
      'autoscaling.amazonaws.com',
    ],
    [
      'a user of Identity Center',
      { type: 'IdentityCenterUser', onBehalfOf: { userId: '94482488' } },
      '94482488',
    ],
    ['a federated user', { type: 'SAMLUser', userName: 'ana@example.com' }, 'ana@example.com'],
    ['nobody', {}, null],
  ])('names %s', (_who, userIdentity, actor) => {
    expect(readChange(record({ userIdentity }), NAMES)?.actor).toBe(actor);
  });

  it.each<[string, TrailFields, string]>([
    ['the console', { userAgent: 'console.amazonaws.com' }, 'console'],
    [
      'the console, by its session',
      { userAgent: 'AWS Internal', sessionCredentialFromConsole: 'true' },
      'console',
    ],
    ['the sign-in page', { userAgent: 'signin.amazonaws.com' }, 'console'],
    [
      'Terraform',
      { userAgent: 'APN/1.0 HashiCorp/1.0 Terraform/1.13.3 aws-sdk-go-v2/1.39' },
      'iac',
    ],
    [
      'CloudFormation',
      {
        userAgent: 'cloudformation.amazonaws.com',
        sourceIPAddress: 'cloudformation.amazonaws.com',
      },
      'iac',
    ],
    [
      'CloudFormation for a person',
      { userIdentity: { ...USER, invokedBy: 'cloudformation.amazonaws.com' } },
      'iac',
    ],
    [
      'a service',
      { userIdentity: { type: 'AWSService', invokedBy: 'rds.amazonaws.com' } },
      'controller',
    ],
    [
      'a service-linked role',
      { userIdentity: { arn: `${ROLE}/AWSServiceRoleForECS/ecs` } },
      'controller',
    ],
    ['Karpenter', { userAgent: 'karpenter.sh-v1.6 aws-sdk-go-v2/1.39' }, 'controller'],
    ['a script', { userAgent: 'Boto3/1.40.1 md/Botocore#1.40.1' }, 'api'],
    ['something else', { userAgent: 'PostmanRuntime/7' }, 'unknown'],
  ])('knows %s', (_what, fields, client) => {
    expect(readChange(record(fields), NAMES)?.client).toBe(client);
  });

  it.each<[string, unknown, readonly string[] | null]>([
    [
      'nested',
      { ipPermissions: { items: [{ toPort: 22, ipRanges: { items: [{ cidrIp: 'x' }] } }] } },
      ['ipPermissions.toPort', 'ipPermissions.ipRanges.cidrIp'],
    ],
    [
      'tags',
      {
        resourcesSet: { items: [{ resourceId: 'orders' }] },
        tagSet: { items: [{ key: 'env', value: 'x' }] },
      },
      ['tags.env'],
    ],
    ['nothing', null, null],
  ])('lists parameters: %s', (_what, requestParameters, paths) => {
    expect(readChange(record({ requestParameters }), NAMES)?.paths).toEqual(paths);
  });

  it.each<[string, TrailFields]>([
    ['a read', { readOnly: true }],
    ['a read, as lookups say it', { readOnly: 'true' }],
    ['a refusal', { errorCode: 'AccessDenied' }],
  ])('is no change: %s', (_what, fields) => {
    expect(readChange(record(fields), NAMES)).toBeNull();
  });

  it.each(['', '[]', '{', '"x"'])('that is none: %j', (text) => {
    expect(parseRecord(text)).toBeNull();
  });
});

describe('where events are', () => {
  it('finds the source of a type and the region of global services', () => {
    expect(eventSourceOf('AWS::RDS::DBInstance')).toBe('rds.amazonaws.com');
    expect(eventSourceOf('AWS::CloudWatch::Alarm')).toBe('monitoring.amazonaws.com');
    expect(eventSourceOf('aws_s3_bucket')).toBeNull();
    expect(['eu-west-1', 'cn-northwest-1', 'us-gov-east-1'].map(globalEventRegion)).toEqual([
      'us-east-1',
      'cn-north-1',
      'us-gov-west-1',
    ]);
  });
});
