import { describe, expect, it } from '@jest/globals';
import { ruleOn, type Setting } from '../testing/rule-on.js';
import { ipProtocol } from './ip-protocol.js';

describe('ip-protocol', () => {
  it.each<[string, unknown, unknown, Setting]>([
    ['number and name', '6', 'tcp', { path: 'IpProtocol' }],
    [
      'ports of a rule for all protocols',
      0,
      -1,
      {
        path: 'FromPort',
        declaredParent: { IpProtocol: '-1' },
        actualParent: { IpProtocol: '-1' },
      },
    ],
  ])('is silent about %s', (_, declared, actual, setting) => {
    expect(ruleOn(ipProtocol, declared as never, actual as never, setting)).toBe('same');
  });

  it.each<[string, unknown, unknown, Setting]>([
    ['another protocol', 'tcp', 'udp', { path: 'IpProtocol' }],
    [
      'ports of a real protocol',
      0,
      -1,
      {
        path: 'FromPort',
        declaredParent: { IpProtocol: 'tcp' },
        actualParent: { IpProtocol: 'tcp' },
      },
    ],
  ])('speaks about %s', (_, declared, actual, setting) => {
    expect(ruleOn(ipProtocol, declared as never, actual as never, setting)).toBe('silent');
  });
});
