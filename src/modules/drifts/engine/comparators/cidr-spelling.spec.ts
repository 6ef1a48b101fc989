import { describe, expect, it } from '@jest/globals';
import { ruleOn, type Setting } from '../testing/rule-on.js';
import { cidrSpelling } from './cidr-spelling.js';

describe('cidr-spelling', () => {
  it.each<[string, unknown, unknown, Setting]>([
    ['IPv6 zeros and case', '2001:DB8:0:0::/32', '2001:db8::/32', {}],
    ['host bits behind the prefix', '10.0.1.5/24', '10.0.1.0/24', {}],
    ['an address as its own prefix', '10.0.0.1', '10.0.0.1/32', {}],
  ])('is silent about %s', (_, declared, actual, setting) => {
    expect(ruleOn(cidrSpelling, declared as never, actual as never, setting)).toBe('same');
  });

  it.each<[string, unknown, unknown, Setting]>([
    ['a wider range', '10.0.0.0/8', '10.0.0.0/16', {}],
    ['the world', '2001:db8::/32', '::/0', {}],
    ['versions that look like addresses', '1.2.3', '1.2.4', {}],
    ['two colons too many', '1::2::3', '1::2::4', {}],
  ])('speaks about %s', (_, declared, actual, setting) => {
    expect(ruleOn(cidrSpelling, declared as never, actual as never, setting)).toBe('silent');
  });
});
