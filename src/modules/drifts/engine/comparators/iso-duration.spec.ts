import { describe, expect, it } from '@jest/globals';
import { ruleOn } from '../testing/rule-on.js';
import { isoDuration } from './iso-duration.js';

describe('iso-duration', () => {
  it.each([
    ['PT60S', 'PT1M'],
    ['P1D', 'PT24H'],
    ['P2W', 'P14D'],
    ['PT1.500S', 'PT1.5S'],
    ['P1Y', 'P12M'],
    ['PT0S', 'P0D'],
  ])('%s is %s', (declared, actual) => {
    expect(ruleOn(isoDuration, declared, actual)).toBe('same');
  });

  it.each([
    ['PT1M', 'P1M'],
    ['PT1H', 'PT1M'],
    ['P1M', 'P30D'],
    ['PT1.5S', 'PT1.05S'],
    ['P', 'PT'],
    ['PT', 'PT'],
    ['PT1H', undefined],
    [3600, 'PT1H'],
  ])('%s is not %s', (declared, actual) => {
    expect(ruleOn(isoDuration, declared, actual)).toBe('silent');
  });
});
