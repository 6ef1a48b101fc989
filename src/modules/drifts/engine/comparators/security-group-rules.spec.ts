import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../core/providers/index.js';
import { compareAws, paths } from '../../knowledge/testing/compare-aws.js';

const rule = (port: number, ...ranges: string[]): JsonObject => ({
  from_port: port,
  to_port: port,
  protocol: 'tcp',
  cidr_blocks: ranges,
});
const permission = (port: number, ...ranges: string[]): JsonObject => ({
  FromPort: port,
  ToPort: port,
  IpProtocol: 'tcp',
  IpRanges: ranges.map((CidrIp) => ({ CidrIp })),
});
const group = (ingress: JsonObject[]): JsonObject => ({ name: 'web', ingress });

function drift(
  declared: JsonObject,
  actual: JsonObject,
  facts: JsonObject = {},
  format: 'terraform-attributes' | 'aws-describe' = 'terraform-attributes',
): string[] {
  return paths(compareAws('aws_security_group', declared, actual, { facts, format }));
}

describe('security-group-rules', () => {
  it('is silent about rules in another order, grouping or vocabulary', () => {
    const declared = group([rule(443, '10.0.0.0/8'), rule(80, '10.0.0.0/8', '192.168.0.0/16')]);
    expect(
      drift(declared, group([rule(80, '192.168.0.0/16', '10.0.0.0/8'), rule(443, '10.0.0.0/8')])),
    ).toEqual([]);
    const answer = {
      GroupName: 'web',
      IpPermissions: [
        permission(80, '10.0.0.0/8', '192.168.0.0/16'),
        permission(443, '10.0.0.0/8'),
      ],
    };
    expect(drift(declared, answer, {}, 'aws-describe')).toEqual([]);
  });

  it('is silent about a rule a separate resource owns, and speaks about one nobody owns', () => {
    const siblings = [
      {
        type: 'aws_security_group_rule',
        security_group: 'web',
        type_: 'ingress',
        ...rule(443, '10.0.0.0/8'),
      },
    ];
    expect(drift(group([]), group([rule(443, '10.0.0.0/8')]), { siblings })).toEqual([]);
    expect(
      drift(group([]), group([rule(443, '10.0.0.0/8'), rule(22, '0.0.0.0/0')]), { siblings }),
    ).toEqual(['confirmed ingress']);
  });

  it('speaks about an opened range', () => {
    expect(drift(group([rule(443, '10.0.0.0/8')]), group([rule(443, '0.0.0.0/0')]))).toEqual([
      'confirmed ingress[0].cidr_blocks[0]',
    ]);
  });

  it('is not sure whose rules they are where the code has none and knows of no other owner', () => {
    expect(
      drift(
        group([]),
        { GroupName: 'web', IpPermissions: [permission(22, '0.0.0.0/0')] },
        {},
        'aws-describe',
      ),
    ).toEqual(['potential ingress']);
  });

  it('speaks across vocabularies, one source at a time', () => {
    const answer = { GroupName: 'web', IpPermissions: [permission(443, '0.0.0.0/0')] };
    const found = drift(group([rule(443, '10.0.0.0/8')]), answer, {}, 'aws-describe');
    expect(found).toEqual(['confirmed ingress[0].cidr_blocks[0]']);
  });

  it('shows the live rules in the words and the grouping of the code', () => {
    const report = (live: JsonObject[]) =>
      compareAws(
        'aws_security_group',
        group([rule(443, '10.0.0.0/8', '10.1.0.0/16'), rule(80, '10.0.0.0/8')]),
        { GroupName: 'web', IpPermissions: live },
        { format: 'aws-describe' },
      ).findings.map(({ path, declared, actual }) => [path, declared ?? null, actual ?? null]);
    const web = permission(80, '10.0.0.0/8');
    expect(report([web, permission(443, '10.0.0.0/8')])).toEqual([
      ['ingress[0].cidr_blocks[1]', '10.1.0.0/16', null],
    ]);
    expect(report([web, permission(443, '10.0.0.0/8', '10.1.0.0/16', '0.0.0.0/0')])).toEqual([
      ['ingress[0].cidr_blocks[2]', null, '0.0.0.0/0'],
    ]);
    expect(report([permission(443, '10.0.0.0/8', '10.1.0.0/16')])).toEqual([
      ['ingress[1]', rule(80, '10.0.0.0/8'), null],
    ]);
    expect(
      report([web, permission(443, '10.0.0.0/8', '10.1.0.0/16'), permission(22, '0.0.0.0/0')]),
    ).toEqual([['ingress[2]', null, rule(22, '0.0.0.0/0')]]);
  });

  it('shows them in the words of CloudFormation', () => {
    const template = {
      SecurityGroupIngress: [
        { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '10.0.0.0/8', Description: 'x' },
      ],
    };
    const live = { groupName: 'web', ipPermissions: [permission(443, '0.0.0.0/0')] };
    expect(
      paths(compareAws('AWS::EC2::SecurityGroup', template, live, { format: 'aws-config' })),
    ).toEqual(['confirmed SecurityGroupIngress[0].CidrIp']);
  });

  it('does not take two sources it does not know for the same', () => {
    const unknown = (id: string): JsonObject => ({
      from_port: 1,
      to_port: 1,
      protocol: 'tcp',
      new_kind_of_source: id,
    });
    expect(drift(group([unknown('a')]), group([unknown('b')]))).not.toEqual([]);
  });

  it('compares a separate rule resource with the group it opens', () => {
    const separate = { security_group_id: 'live', type: 'ingress', ...rule(443, '10.0.0.0/8') };
    const open = (live: JsonObject): string[] =>
      paths(compareAws('aws_security_group_rule', separate, live, { format: 'aws-config' }));
    expect(
      open({ ipPermissions: [permission(443, '10.0.0.0/8'), permission(22, '10.0.0.0/8')] }),
    ).toEqual([]);
    // The same source on other ports: somebody edited the rule.
    expect(open({ ipPermissions: [permission(22, '10.0.0.0/8')] })).toEqual([
      'confirmed from_port',
      'confirmed to_port',
    ]);
  });
});
