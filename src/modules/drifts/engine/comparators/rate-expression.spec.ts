import { describe, expect, it } from '@jest/globals';
import { ruleOn, type Setting } from '../testing/rule-on.js';
import { rateExpression } from './rate-expression.js';

describe('rate-expression', () => {
  it.each<[string, unknown, unknown, Setting]>([
    ['the same rate in another unit', 'rate(60 minutes)', 'rate(1 hour)', {}],
  ])('is silent about %s', (_, declared, actual, setting) => {
    expect(ruleOn(rateExpression, declared as never, actual as never, setting)).toBe('same');
  });

  it.each<[string, unknown, unknown, Setting]>([
    ['another rate', 'rate(60 minutes)', 'rate(2 hours)', {}],
    ['cron expressions', 'cron(0 1 * * ? *)', 'cron(0 2 * * ? *)', {}],
  ])('speaks about %s', (_, declared, actual, setting) => {
    expect(ruleOn(rateExpression, declared as never, actual as never, setting)).toBe('silent');
  });
});
