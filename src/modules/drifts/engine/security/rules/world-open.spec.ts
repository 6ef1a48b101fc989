import { describe, expect, it } from '@jest/globals';
import { senseOf } from '../../testing/sense-of.js';

const rule = (cidr: string, from: number, to = from) => ({
  from_port: from,
  to_port: to,
  protocol: 'tcp',
  cidr_blocks: [cidr],
});

describe('world-open ranges', () => {
  it.each([
    [
      'ssh to everybody',
      'ingress[0].cidr_blocks',
      ['10.0.0.0/8'],
      ['0.0.0.0/0'],
      22,
      'weakened:critical',
    ],
    [
      'https to everybody',
      'ingress[0].cidr_blocks',
      ['10.0.0.0/8'],
      ['0.0.0.0/0'],
      443,
      'weakened:medium',
    ],
    [
      'another port',
      'ingress[0].cidr_blocks',
      ['10.0.0.0/8'],
      ['0.0.0.0/0'],
      8081,
      'weakened:high',
    ],
    [
      'half of the world',
      'ingress[0].cidr_blocks',
      ['10.0.0.0/8'],
      ['10.0.0.0/8', '128.0.0.0/1'],
      22,
      'weakened:critical',
    ],
    ['ipv6', 'ingress[0].ipv6_cidr_blocks', [], ['::/0'], 3389, 'weakened:critical'],
    [
      'closed again',
      'ingress[0].cidr_blocks',
      ['0.0.0.0/0'],
      ['10.0.0.0/8'],
      22,
      'strengthened:critical',
    ],
    [
      'out to everywhere',
      'egress[0].cidr_blocks',
      ['10.0.0.0/8'],
      ['0.0.0.0/0'],
      443,
      'weakened:low',
    ],
    [
      'another private range',
      'ingress[0].cidr_blocks',
      ['10.0.0.0/8'],
      ['10.1.0.0/16'],
      22,
      'changed:low',
    ],
  ] as const)('%s', (_, path, before, after, port, expected) => {
    const block = path.split('[')[0] ?? '';
    const around = { [block]: [rule('', port)] };
    expect(senseOf(path, before, after, { declared: around, actual: around })).toBe(expected);
  });

  it('sees a whole rule come and go', () => {
    expect(senseOf('ingress[1]', undefined, rule('0.0.0.0/0', 0, 65_535))).toBe(
      'weakened:critical',
    );
    expect(senseOf('ingress[1]', rule('0.0.0.0/0', 443), undefined)).toBe('strengthened:medium');
    expect(senseOf('ingress[1]', undefined, rule('10.2.0.0/16', 443))).toBe('changed:low');
  });

  it('sees ports of an open rule widen and narrow', () => {
    const declared = { ingress: [rule('0.0.0.0/0', 443)] };
    const actual = { ingress: [rule('0.0.0.0/0', 22)] };
    expect(senseOf('ingress[0].from_port', 443, 22, { declared, actual })).toBe(
      'weakened:critical',
    );
    expect(senseOf('ingress[0].from_port', 22, 443, { declared: actual, actual: declared })).toBe(
      'strengthened:critical',
    );
  });

  it('reads other vocabularies', () => {
    const google = { direction: 'INGRESS', allowed: [{ IPProtocol: 'tcp', ports: ['22'] }] };
    expect(senseOf('sourceRanges', ['10.0.0.0/8'], ['0.0.0.0/0'], { actual: google })).toBe(
      'weakened:critical',
    );
    const azure = {
      properties: { access: 'Allow', direction: 'Inbound', destinationPortRange: '443' },
    };
    expect(
      senseOf('properties.sourceAddressPrefix', '10.0.0.0/8', 'Internet', { actual: azure }),
    ).toBe('weakened:medium');
    const denies = { properties: { access: 'Deny', direction: 'Inbound' } };
    expect(senseOf('properties.sourceAddressPrefix', '10.0.0.0/8', '*', { actual: denies })).toBe(
      'strengthened:medium',
    );
    expect(senseOf('SecurityGroupIngress[0].CidrIp', '10.0.0.0/8', '0.0.0.0/0')).toBe(
      'weakened:high',
    );
    expect(senseOf('spec.loadBalancerSourceRanges', ['10.0.0.0/8'], undefined)).toBe(
      'weakened:high',
    );
  });

  it('reads first and last address', () => {
    const all = { start_ip_address: '0.0.0.0', end_ip_address: '255.255.255.255' };
    const some = { start_ip_address: '10.0.0.1', end_ip_address: '10.0.0.9' };
    expect(
      senseOf('end_ip_address', '10.0.0.9', '255.255.255.255', { declared: some, actual: all }),
    ).toBe('weakened:critical');
    expect(
      senseOf('end_ip_address', '255.255.255.255', '10.0.0.9', { declared: all, actual: some }),
    ).toBe('strengthened:critical');
  });

  it('leaves routes alone', () => {
    expect(senseOf('route[0].cidr_block', '10.0.0.0/8', '0.0.0.0/0')).toBe('neutral');
    expect(senseOf('cidr_block', '10.0.0.0/16', '10.1.0.0/16')).toBe('neutral');
  });
});
