import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../../core/providers/index.js';
import { compareAws, paths } from '../../../knowledge/testing/compare-aws.js';

const GROUP = 'AWS::EC2::SecurityGroup';
const permission = (port: number, ...ranges: string[]): JsonObject => ({
  fromPort: port,
  toPort: port,
  ipProtocol: 'tcp',
  ipv4Ranges: ranges.map((cidrIp) => ({ cidrIp, description: `of ${cidrIp}` })),
});
const RULE = {
  security_group_id: 'live',
  ip_protocol: 'tcp',
  from_port: 443,
  to_port: 443,
  cidr_ipv4: '10.0.0.0/8',
  description: 'of 10.0.0.0/8',
  tags: { Name: 'office' },
};
const OTHER = { ...RULE, cidr_ipv4: '10.1.0.0/16', description: '' };

function against(ipPermissions: readonly JsonObject[], rule: JsonObject = RULE) {
  const beside = [{ type: 'aws_vpc_security_group_ingress_rule', attributes: OTHER }];
  const report = compareAws(
    'aws_vpc_security_group_ingress_rule',
    rule,
    { ipPermissions: [...ipPermissions], ipPermissionsEgress: [] },
    { format: 'aws-config', actualType: GROUP, beside },
  );
  return { gone: report.gone, paths: paths(report).filter((path) => path.startsWith('confirmed')) };
}

describe('a rule resource and the group it opens', () => {
  it('is silent while the group has the rule, alone or among others', () => {
    const live = [permission(443, '10.1.0.0/16', '10.0.0.0/8'), permission(22, '10.0.0.0/8')];
    expect(against(live)).toEqual({ gone: undefined, paths: [] });
  });

  it('shows what an edited rule became', () => {
    expect(against([permission(8443, '10.0.0.0/8')]).paths).toEqual([
      'confirmed from_port',
      'confirmed to_port',
    ]);
    expect(against([permission(443, '0.0.0.0/0')]).paths).toEqual(['confirmed cidr_ipv4']);
    const renamed = { ...RULE, description: 'office' };
    expect(against([permission(443, '10.0.0.0/8')], renamed).paths).toEqual([
      'confirmed description',
    ]);
  });

  it('is gone when the group has nothing like it', () => {
    expect(against([]).gone).toBe('live has no such rule.');
    expect(against([permission(22, '192.168.0.0/16')]).gone).toBe('live has no such rule.');
  });

  it('is not said to be gone while its source is an expression', () => {
    const open = { ...RULE, cidr_ipv4: '${aws_vpc.main.cidr_block}' };
    expect(against([permission(22, '192.168.0.0/16')], open)).toEqual({
      gone: undefined,
      paths: [],
    });
  });
});

describe('the group beside its rule resources', () => {
  it('does not show again what a rule resource is shown to have become', () => {
    const of = (port: number) =>
      compareAws(
        'aws_security_group',
        { id: 'live', ingress: [], egress: [] },
        { ipPermissions: [permission(port, '10.0.0.0/8')], ipPermissionsEgress: [] },
        {
          format: 'aws-config',
          actualType: GROUP,
          beside: [{ type: 'aws_vpc_security_group_ingress_rule', attributes: RULE }],
        },
      );
    const confirmed = (port: number) =>
      paths(of(port)).filter((path) => path.startsWith('confirmed'));
    expect(confirmed(443)).toEqual([]);
    expect(confirmed(8443)).toEqual([]);
  });

  it('shows a rule no resource declares', () => {
    const report = compareAws(
      'aws_security_group',
      { id: 'live', ingress: [], egress: [] },
      {
        ipPermissions: [permission(443, '10.0.0.0/8'), permission(22, '0.0.0.0/0')],
        ipPermissionsEgress: [],
      },
      {
        format: 'aws-config',
        actualType: GROUP,
        beside: [{ type: 'aws_vpc_security_group_ingress_rule', attributes: RULE }],
      },
    );
    expect(paths(report)).toContain('confirmed ingress');
  });
});
