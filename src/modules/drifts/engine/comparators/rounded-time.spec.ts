import { describe, expect, it } from '@jest/globals';
import { ruleOn, type Setting } from '../testing/rule-on.js';
import { roundedTime } from './rounded-time.js';

describe('rounded-time', () => {
  it.each<[string, unknown, unknown, Setting]>([
    ['a moment rounded down to the hour', 1784632175, 1784631600, { path: 'Expires' }],
    ['milliseconds', 1784632175, 1784632175000, { path: 'Expires' }],
    ['ISO and epoch', '2026-07-21T11:09:35Z', 1784632175, { path: 'Expires' }],
    [
      'a period that begins at that moment in UTC',
      '2017-07-01_00:00',
      '2017-07-01T00:00:00Z',
      { path: 'time_period_start' },
    ],
  ])('is silent about %s', (_, declared, actual, setting) => {
    expect(ruleOn(roundedTime, declared as never, actual as never, setting)).toBe('same');
  });

  it.each<[string, unknown, unknown, Setting]>([
    ['the next hour', 1784632175, 1784635200, { path: 'Expires' }],
    ['numbers that are no time', 1784632175, 1784631600, { path: 'Size' }],
    ['another day', '2017-07-01_00:00', '2017-07-03T00:00:00Z', { path: 'time_period_start' }],
  ])('speaks about %s', (_, declared, actual, setting) => {
    expect(ruleOn(roundedTime, declared as never, actual as never, setting)).toBe('silent');
  });
});
