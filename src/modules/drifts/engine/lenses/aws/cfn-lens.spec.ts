import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../../core/providers/index.js';
import { compareAws, paths, type AwsSetting } from '../../../knowledge/testing/compare-aws.js';

function drift(
  type: string,
  declared: JsonObject,
  live: JsonObject,
  setting?: AwsSetting,
): string[] {
  return paths(compareAws(type, declared, live, setting));
}

describe('CloudFormation lens', () => {
  it.each<[string, string, JsonObject, JsonObject]>([
    [
      'read-only properties',
      'AWS::SQS::Queue',
      {},
      { QueueUrl: 'https://q', Arn: 'arn:aws:sqs:us-east-1:1:q' },
    ],
    [
      'documented defaults',
      'AWS::SQS::Queue',
      {},
      { VisibilityTimeout: 30, MessageRetentionPeriod: 345600 },
    ],
    [
      'what is off, empty or zero',
      'AWS::SQS::Queue',
      {},
      { FifoQueue: false, DelaySeconds: 0, KmsMasterKeyId: '' },
    ],
    [
      'sets in another order',
      'AWS::EC2::Instance',
      { SecurityGroupIds: ['sg-1', 'sg-2'] },
      { SecurityGroupIds: ['sg-2', 'sg-1'] },
    ],
    [
      'words the schema lists, in another case',
      'AWS::Batch::JobDefinition',
      { Type: 'Container' },
      { Type: 'container' },
    ],
    [
      'settings the service adds to a bag',
      'AWS::ElasticLoadBalancingV2::LoadBalancer',
      { LoadBalancerAttributes: [{ Key: 'a', Value: '1' }] },
      {
        LoadBalancerAttributes: [
          { Key: 'b', Value: '2' },
          { Key: 'a', Value: '1' },
        ],
      },
    ],
    [
      'an object where the code has its text',
      'AWS::SSM::Document',
      { Content: { schemaVersion: '2.2' } },
      { Content: '{"schemaVersion":"2.2"}' },
    ],
  ])('is silent about %s', (_, type, declared, live) => {
    const confirmedOrPotential = drift(type, declared, live).filter(
      (line) => !line.startsWith('not-compared'),
    );
    expect(confirmedOrPotential).toEqual([]);
  });

  it.each<[string, string, JsonObject, JsonObject, string]>([
    [
      'a changed value',
      'AWS::SQS::Queue',
      { VisibilityTimeout: 30 },
      { VisibilityTimeout: 60 },
      'confirmed VisibilityTimeout',
    ],
    [
      'a removed value',
      'AWS::SNS::Topic',
      { DisplayName: 'a' },
      { TopicName: 'live' },
      'confirmed DisplayName',
    ],
    [
      'a member more in a set',
      'AWS::EC2::Instance',
      { SecurityGroupIds: ['sg-1'] },
      { SecurityGroupIds: ['sg-1', 'sg-2'] },
      'confirmed SecurityGroupIds[1]',
    ],
    [
      'layers in another order',
      'AWS::Lambda::Function',
      { Layers: ['arn:a', 'arn:b'] },
      { Layers: ['arn:b', 'arn:a'] },
      'confirmed Layers[0]',
    ],
    [
      'a changed setting in a bag',
      'AWS::ElasticLoadBalancingV2::LoadBalancer',
      { LoadBalancerAttributes: [{ Key: 'a', Value: '1' }] },
      { LoadBalancerAttributes: [{ Key: 'a', Value: '2' }] },
      'confirmed LoadBalancerAttributes[0].Value',
    ],
    [
      'an undeclared value away from its documented default',
      'AWS::SQS::Queue',
      {},
      { VisibilityTimeout: 31 },
      'potential VisibilityTimeout',
    ],
    [
      'a secure default that was turned off',
      'AWS::SQS::Queue',
      {},
      { SqsManagedSseEnabled: false },
      'confirmed SqsManagedSseEnabled',
    ],
    [
      'a permissions boundary nobody declared',
      'AWS::IAM::Role',
      {},
      { PermissionsBoundary: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
      'potential PermissionsBoundary',
    ],
    [
      'a write-only value',
      'AWS::RDS::DBInstance',
      { MasterUserPassword: 'secret' },
      { EngineVersion: '1' },
      'unverifiable MasterUserPassword',
    ],
    [
      'a secret the schema forgot to mark',
      'AWS::DocDB::DBCluster',
      { MasterUserPassword: 'secret' },
      { EngineVersion: '1' },
      'unverifiable MasterUserPassword',
    ],
  ])('speaks about %s', (_, type, declared, live, line) => {
    expect(drift(type, declared, live)).toContain(line);
  });

  it('never shows a secret', () => {
    const report = compareAws(
      'AWS::DocDB::DBCluster',
      { MasterUserPassword: 'hunter2' },
      { Port: 1 },
    );
    expect(JSON.stringify(report)).not.toContain('hunter2');
  });

  it('lists what nobody can judge without a baseline', () => {
    const live = { WorkspaceConfiguration: { RetentionPeriodInDays: 150 } };
    expect(drift('AWS::APS::Workspace', {}, live)).toEqual(['not-compared WorkspaceConfiguration']);
  });

  it('compares a type the registry does not have by its words alone', () => {
    expect(drift('AWS::Tomorrow::Thing', { A: 1 }, { A: 2 })).toEqual(['confirmed A']);
  });

  it('reads the Describe shape older AWS Config types are recorded in', () => {
    const declared = {
      GroupDescription: 'web',
      SecurityGroupIngress: [{ IpProtocol: '6', FromPort: 443, ToPort: 443, CidrIp: '10.0.0.0/8' }],
    };
    const item = (range: string): JsonObject => ({
      description: 'web',
      groupId: 'sg-1',
      ipPermissions: [
        {
          ipProtocol: 'tcp',
          fromPort: 443,
          toPort: 443,
          ipv4Ranges: [{ cidrIp: range }],
          ipRanges: [range],
        },
      ],
    });
    const setting = { format: 'aws-config' } as const;
    expect(drift('AWS::EC2::SecurityGroup', declared, item('10.0.0.0/8'), setting)).toEqual([]);
    expect(drift('AWS::EC2::SecurityGroup', declared, item('0.0.0.0/0'), setting)).toEqual([
      'confirmed SecurityGroupIngress[0].CidrIp',
    ]);
  });

  it('takes a partly declared public access block for what it is', () => {
    const all = {
      BlockPublicAcls: true,
      BlockPublicPolicy: false,
      IgnorePublicAcls: false,
      RestrictPublicBuckets: false,
    };
    const live = { PublicAccessBlockConfiguration: all };
    expect(
      drift('AWS::S3::Bucket', { PublicAccessBlockConfiguration: { BlockPublicAcls: true } }, live),
    ).toEqual([]);
    expect(drift('AWS::S3::Bucket', {}, live)).toEqual([
      'confirmed PublicAccessBlockConfiguration',
    ]);
  });

  it('knows the egress rule every group is born with, and no other', () => {
    const group = (range: string): JsonObject => ({
      SecurityGroupEgress: [{ IpProtocol: '-1', FromPort: -1, ToPort: -1, CidrIp: range }],
    });
    expect(drift('AWS::EC2::SecurityGroup', {}, group('0.0.0.0/0'))).toEqual([]);
    expect(drift('AWS::EC2::SecurityGroup', {}, group('10.0.0.0/8'))).toEqual([
      'potential SecurityGroupEgress',
    ]);
  });

  it('reads attributes of a user pool under the name they are given', () => {
    const attribute = (Name: string, Mutable = true): JsonObject => ({
      Name,
      AttributeDataType: 'String',
      Mutable,
    });
    const live = (mutable: boolean): JsonObject => ({
      Schema: [attribute('sub'), attribute('email'), attribute('custom:team', mutable)],
    });
    const found = (mutable: boolean): string[] =>
      drift('AWS::Cognito::UserPool', { Schema: [attribute('team')] }, live(mutable)).filter(
        (line) => !line.startsWith('not-compared'),
      );
    expect(found(true)).toEqual([]);
    expect(found(false)).toEqual(['confirmed Schema[0].Mutable']);
  });

  it('speaks about an added environment variable', () => {
    const variables = (more: JsonObject): JsonObject => ({
      Environment: { Variables: { A: '1', ...more } },
    });
    expect(drift('AWS::Lambda::Function', variables({}), variables({ B: '2' }))).toEqual([
      'confirmed Environment.Variables.B',
    ]);
  });
});
