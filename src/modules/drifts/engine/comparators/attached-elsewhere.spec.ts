import { describe, expect, it } from '@jest/globals';
import { compareAws, paths } from '../../knowledge/testing/compare-aws.js';

const beside = [
  { type: 'AWS::IAM::Role', attributes: { RoleName: 'auditor', ManagedPolicyArns: ['live'] } },
  { type: 'AWS::IAM::Role', attributes: { RoleName: 'other', ManagedPolicyArns: ['arn:else'] } },
];

function drift(roles: string[]): string[] {
  return paths(
    compareAws('AWS::IAM::ManagedPolicy', { Roles: ['reader'] }, { Roles: roles }, { beside }),
  );
}

describe('attached-elsewhere', () => {
  it('is silent about an attachment the other end declares', () => {
    expect(drift(['reader', 'auditor'])).toEqual([]);
  });

  it('speaks about one nobody declares, or that its role declares for another policy', () => {
    expect(drift(['reader', 'mallory'])).toEqual(['confirmed Roles[1]']);
    expect(drift(['reader', 'other'])).toEqual(['confirmed Roles[1]']);
  });

  it('speaks when an attachment of its own is gone', () => {
    expect(drift(['auditor'])).not.toEqual([]);
  });
});
