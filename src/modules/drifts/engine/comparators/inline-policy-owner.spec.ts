import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../core/providers/index.js';
import { compareAws, paths } from '../../knowledge/testing/compare-aws.js';

const policy = (PolicyName: string): JsonObject => ({
  PolicyName,
  PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] },
});
const beside = [
  { type: 'AWS::IAM::Policy', attributes: { Roles: ['live'], PolicyName: 'default' } },
];
const other = [
  { type: 'AWS::IAM::Policy', attributes: { Roles: ['another'], PolicyName: 'default' } },
];

function drift(declared: JsonObject, live: JsonObject, owners: typeof beside): string[] {
  return paths(compareAws('AWS::IAM::Role', declared, live, { beside: owners }));
}

describe('inline-policy-owner', () => {
  it('is silent about a policy that a resource of its own puts on this role', () => {
    expect(drift({}, { Policies: [policy('default')] }, beside)).toEqual([]);
    expect(
      drift(
        { Policies: [policy('own')] },
        { Policies: [policy('own'), policy('default')] },
        beside,
      ),
    ).toEqual([]);
  });

  it('speaks about a policy nobody owns, or whose owner puts it elsewhere', () => {
    expect(drift({}, { Policies: [policy('backdoor')] }, beside)).toEqual(['potential Policies']);
    expect(drift({}, { Policies: [policy('default')] }, other)).toEqual(['potential Policies']);
    expect(
      drift(
        { Policies: [policy('own')] },
        { Policies: [policy('own'), policy('backdoor')] },
        beside,
      ),
    ).toEqual(['confirmed Policies[1]']);
  });
});
