import { describe, expect, it } from '@jest/globals';
import { senseOf } from '../../testing/sense-of.js';

const policy = (statement: object): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::logs/*' };

describe('grants', () => {
  it.each([
    [
      'everybody as principal',
      { Principal: { AWS: 'arn:aws:iam::111122223333:root' } },
      { Principal: '*' },
      'weakened:critical',
    ],
    [
      'everybody no longer',
      { Principal: { AWS: '*' } },
      { Principal: { AWS: 'arn:aws:iam::111122223333:root' } },
      'strengthened:critical',
    ],
    [
      'everybody on a condition',
      { Principal: { AWS: 'arn:aws:iam::111122223333:root' } },
      { Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } },
      'weakened:medium',
    ],
    ['every action', {}, { Action: 's3:*' }, 'weakened:high'],
    ['every resource', {}, { Resource: '*' }, 'weakened:medium'],
    [
      'one action more',
      { Action: ['s3:GetObject'] },
      { Action: ['s3:GetObject', 's3:PutObject'] },
      'weakened:medium',
    ],
    [
      'one action less',
      { Action: ['s3:GetObject', 's3:PutObject'] },
      { Action: ['s3:GetObject'] },
      'strengthened:medium',
    ],
    [
      'a way to more rights',
      { Action: ['s3:GetObject'] },
      { Action: ['s3:GetObject', 'iam:PassRole'] },
      'weakened:high',
    ],
    [
      'refusing more',
      { Effect: 'Deny', Action: 's3:DeleteObject' },
      { Effect: 'Deny', Action: '*' },
      'strengthened:high',
    ],
    ['another comment', { Sid: 'A' }, { Sid: 'B' }, 'neutral'],
  ] as const)('policy as text: %s', (_, before, after, expected) => {
    expect(senseOf('policy', policy({ ...allow, ...before }), policy({ ...allow, ...after }))).toBe(
      expected,
    );
  });

  it.each([
    ['members[2]', undefined, 'allUsers', 'weakened:critical'],
    ['members', ['allAuthenticatedUsers'], [], 'strengthened:critical'],
    [
      'members',
      ['user:a@example.com'],
      ['user:a@example.com', 'user:b@example.com'],
      'weakened:medium',
    ],
    ['role', 'roles/viewer', 'roles/owner', 'weakened:critical'],
    ['rules[0].verbs', ['get'], ['get', '*'], 'weakened:high'],
    ['rules[0].resources', ['pods'], ['pods', 'secrets'], 'weakened:high'],
    ['rules[0].verbs', ['get', 'list'], ['get'], 'strengthened:medium'],
    ['roleRef.name', 'view', 'cluster-admin', 'weakened:critical'],
    [
      'subjects[1]',
      undefined,
      { kind: 'Group', name: 'system:unauthenticated' },
      'weakened:critical',
    ],
    ['subjects[1].name', 'ci', 'deploy', 'changed:medium'],
    [
      'managed_policy_arns',
      [],
      ['arn:aws:iam::aws:policy/AdministratorAccess'],
      'weakened:critical',
    ],
    [
      'ManagedPolicyArns',
      ['arn:aws:iam::aws:policy/AdministratorAccess'],
      [],
      'strengthened:critical',
    ],
    ['permissions_boundary', 'arn:aws:iam::111122223333:policy/b', undefined, 'weakened:high'],
    [
      'grant[0].uri',
      undefined,
      'http://acs.amazonaws.com/groups/global/AllUsers',
      'weakened:critical',
    ],
    ['principal', '111122223333', '*', 'weakened:critical'],
    ['description', 'a', '*', 'neutral'],
  ] as const)('%s: %j → %j', (path, before, after, expected) => {
    expect(senseOf(path, before, after)).toBe(expected);
  });
});
