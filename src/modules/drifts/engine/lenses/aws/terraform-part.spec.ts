import { describe, expect, it } from '@jest/globals';
import {
  NO_SCOPE,
  type ActualResource,
  type JsonObject,
} from '../../../../../core/providers/index.js';
import { compareAws, paths } from '../../../knowledge/testing/compare-aws.js';
import { openKnowledge } from '../../../knowledge/index.js';
import { Matcher } from '../../match/matcher.js';
import { fieldOf } from '../../testing/rule-on.js';

const document = (action: string): JsonObject => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: action, Resource: '*', Principal: '*' }],
});
const policy = (action: string): string => JSON.stringify(document(action));
const encoded = (action: string): string => encodeURIComponent(policy(action));

const CASES: readonly [
  type: string,
  own: JsonObject,
  parent: string,
  live: (action: string) => JsonObject,
][] = [
  [
    'aws_iam_role_policy',
    { name: 'p', role: 'live', policy: policy('s3:Get') },
    'AWS::IAM::Role',
    (action) => ({
      rolePolicyList: [
        { policyName: 'other', policyDocument: encoded('iam:*') },
        { policyName: 'p', policyDocument: encoded(action) },
      ],
    }),
  ],
  [
    'aws_s3_bucket_policy',
    { bucket: 'live', policy: policy('s3:Get') },
    'AWS::S3::Bucket',
    (action) => ({ BucketPolicy: { policyText: policy(action) } }),
  ],
  [
    'aws_sqs_queue_policy',
    { queue_url: 'live', policy: policy('s3:Get') },
    'AWS::SQS::Queue',
    (action) => ({ Policy: document(action), QueueName: 'q' }),
  ],
  [
    'aws_sns_topic_policy',
    { arn: 'live', policy: policy('s3:Get') },
    'AWS::SNS::Topic',
    (action) => ({ Policy: document(action) }),
  ],
  [
    'AWS::S3::BucketPolicy',
    { Bucket: 'live', PolicyDocument: document('s3:Get') },
    'AWS::S3::Bucket',
    (action) => ({ BucketPolicy: { policyText: policy(action) } }),
  ],
  [
    'AWS::IAM::Policy',
    { PolicyName: 'p', Roles: ['live'], PolicyDocument: document('s3:Get') },
    'AWS::IAM::Role',
    (action) => ({ rolePolicyList: [{ policyName: 'p', policyDocument: encoded(action) }] }),
  ],
];

describe.each(CASES)('%s', (type, own, parent, live) => {
  const drift = (action: string): string[] =>
    paths(compareAws(type, own, live(action), { format: 'aws-config', actualType: parent }));

  it('is compared with the policy its parent holds', () => {
    expect(drift('s3:Get')).toEqual([]);
    expect(drift('s3:*')).toHaveLength(1);
    expect(drift('s3:*')[0]).toMatch(/^confirmed (policy|PolicyDocument)\.Statement\[0\]\.Action/);
  });

  it('is found through what it refers to', () => {
    const declared = {
      ...fieldOf({
        type,
        declaredFormat: type.startsWith('AWS::') ? 'cfn-properties' : 'terraform-state-attributes',
      }).pair.declared,
      type,
      id: 'something else',
      attributes: own,
    };
    const bucket = (id: string): ActualResource => ({
      ...fieldOf({ actualFormat: 'aws-config' }).pair.actual,
      type: parent,
      id,
      aliases: [],
      scope: NO_SCOPE,
    });
    const matcher = new Matcher([declared], openKnowledge());
    matcher.observe(bucket('p'));
    matcher.observe(bucket('live'));
    expect([...matcher.pairs()].map(({ actual }) => actual?.id)).toEqual(['live']);
  });
});

it('an inline policy that is gone is spoken about', () => {
  const [[type, own, parent] = []] = CASES;
  const gone = compareAws(
    type ?? '',
    own ?? {},
    { rolePolicyList: [] },
    { format: 'aws-config', actualType: parent ?? '' },
  );
  expect(paths(gone)).toContain('confirmed policy');
});
