import { describe, expect, it } from '@jest/globals';
import type { JsonObject, JsonValue } from '../../../../core/providers/index.js';
import { compareAws, paths } from '../../knowledge/testing/compare-aws.js';

const statement = (part: JsonObject): JsonObject => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', ...part }],
});

const role = (name: string): string => `arn:aws:iam::111122223333:role/${name}`;

function drift(declared: JsonValue, actual: JsonValue): string[] {
  return paths(
    compareAws('AWS::S3::BucketPolicy', { PolicyDocument: declared }, { PolicyDocument: actual }),
  );
}

const MINE = {
  Sid: 'mine',
  Effect: 'Allow',
  Principal: { AWS: role('A') },
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::b/*',
};
const VENDED = {
  Sid: 'AWSLogDeliveryWrite',
  Effect: 'Allow',
  Principal: { Service: 'delivery.logs.amazonaws.com' },
  Action: 's3:PutObject',
  Resource: 'arn:aws:s3:::b/*',
};

describe('iam-policy', () => {
  it.each<[string, JsonValue, JsonValue]>([
    [
      'principals in another order',
      statement({ Principal: { AWS: [role('A'), role('B')] } }),
      statement({ Principal: { AWS: [role('B'), role('A')] } }),
    ],
    [
      'one value and a list of one',
      statement({}),
      statement({ Action: ['s3:GetObject'], Resource: ['*'] }),
    ],
    ['one statement and a list of one', { Statement: MINE }, { Statement: [MINE] }],
    [
      'an account and its root',
      statement({ Principal: { AWS: '111122223333' } }),
      statement({ Principal: { AWS: 'arn:aws:iam::111122223333:root' } }),
    ],
    [
      'everybody, written twice',
      statement({ Principal: '*' }),
      statement({ Principal: { AWS: '*' } }),
    ],
    ['the case of an action', statement({}), statement({ Action: 's3:getobject' })],
    [
      'condition values as a set, and their type',
      statement({ Condition: { Bool: { 'aws:SecureTransport': false } } }),
      statement({ Condition: { Bool: { 'aws:SecureTransport': ['false'] } } }),
    ],
    ['text and object', statement({}), JSON.stringify(statement({}))],
    ['an empty Sid', statement({}), statement({ Sid: '' })],
    ['what AWS vends for log delivery', { Statement: [MINE] }, { Statement: [MINE, VENDED] }],
  ])('is silent about %s', (_, declared, actual) => {
    expect(drift(declared, actual)).toEqual([]);
  });

  it.each<[string, JsonValue, JsonValue, string]>([
    [
      'another principal',
      statement({ Principal: { AWS: [role('A')] } }),
      statement({ Principal: { AWS: [role('EVIL')] } }),
      'PolicyDocument.Statement[0].Principal.AWS[0]',
    ],
    [
      'another account',
      statement({ Principal: { AWS: '111122223333' } }),
      statement({ Principal: { AWS: 'arn:aws:iam::999999999999:root' } }),
      'PolicyDocument.Statement[0].Principal.AWS[0]',
    ],
    [
      'an action more',
      statement({}),
      statement({ Action: ['s3:GetObject', 's3:PutObject'] }),
      'PolicyDocument.Statement[0].Action[1]',
    ],
    [
      'the other effect',
      statement({}),
      statement({ Effect: 'Deny' }),
      'PolicyDocument.Statement[0].Effect',
    ],
    [
      'a condition that is gone',
      statement({ Condition: { Bool: { a: 'true' } } }),
      statement({}),
      'PolicyDocument.Statement[0].Condition',
    ],
    [
      'a broader grant under a vended Sid',
      { Statement: [MINE] },
      { Statement: [MINE, { ...VENDED, Action: 's3:*' }] },
      'PolicyDocument.Statement.AWSLogDeliveryWrite',
    ],
    [
      'a vended grant to somebody else too',
      { Statement: [MINE] },
      {
        Statement: [
          MINE,
          { ...VENDED, Principal: { Service: 'delivery.logs.amazonaws.com', AWS: '*' } },
        ],
      },
      'PolicyDocument.Statement.AWSLogDeliveryWrite',
    ],
    [
      'a vended grant on another bucket',
      { Statement: [MINE] },
      { Statement: [MINE, { ...VENDED, Resource: 'arn:aws:s3:::other/*' }] },
      'PolicyDocument.Statement.AWSLogDeliveryWrite',
    ],
  ])('speaks about %s', (_, declared, actual, path) => {
    expect(drift(declared, actual)).toEqual([`confirmed ${path}`]);
  });
});
