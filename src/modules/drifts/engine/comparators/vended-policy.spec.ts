import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../core/providers/index.js';
import { compareAws, paths } from '../../knowledge/testing/compare-aws.js';

const statement = (part: JsonObject): JsonObject => ({
  ResourcePolicyDocument: {
    Statement: [
      {
        Sid: 'AWSLogDeliveryWrite1',
        Effect: 'Allow',
        Principal: { Service: 'delivery.logs.amazonaws.com' },
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: 'arn:aws:logs:us-east-1:111122223333:log-group:live:log-stream:*',
        ...part,
      },
    ],
  },
});

const drift = (live: JsonObject): string[] => paths(compareAws('AWS::Logs::LogGroup', {}, live));

describe('vended-policy', () => {
  it('is silent about a policy AWS wrote for a log delivery to this resource', () => {
    expect(drift(statement({}))).toEqual([]);
  });

  it('speaks about one that grants more, or to somebody else', () => {
    expect(drift(statement({ Action: 'logs:*' }))).toEqual(['potential ResourcePolicyDocument']);
    expect(drift(statement({ Principal: { AWS: '*' } }))).toEqual([
      'potential ResourcePolicyDocument',
    ]);
  });
});
