import { describe, expect, it } from '@jest/globals';
import { ruleOn } from '../testing/rule-on.js';
import { portRange } from './port-range.js';

describe('port-range', () => {
  it('takes a port for the range of itself', () => {
    expect(ruleOn(portRange, '80', '80-80')).toBe('same');
    expect(ruleOn(portRange, '443-443', '443')).toBe('same');
  });

  it.each([
    ['80', '80-81'],
    ['80', '8080-8080'],
    ['a', 'a-a'],
  ])('tells %s from %s', (declared, actual) => {
    expect(ruleOn(portRange, declared, actual)).toBe('silent');
  });
});
