import { describe, expect, it } from '@jest/globals';
import { ruleOn } from '../testing/rule-on.js';
import { netmask } from './netmask.js';

describe('netmask', () => {
  it('takes a range of the size asked for', () => {
    expect(ruleOn(netmask, '/14', '10.112.0.0/14')).toBe('same');
  });

  it('speaks about another size, and about a range that was named', () => {
    expect(ruleOn(netmask, '/20', '10.112.0.0/14')).toBe('silent');
    expect(ruleOn(netmask, '/4', '10.112.0.0/14')).toBe('silent');
    expect(ruleOn(netmask, '10.0.0.0/14', '10.112.0.0/14')).toBe('silent');
  });
});
