import { describe, expect, it } from '@jest/globals';
import { ruleOn, type Setting } from '../testing/rule-on.js';
import { headerNames } from './header-names.js';

describe('header-names', () => {
  it.each<[string, unknown, unknown, Setting]>([
    [
      'case and order',
      ['Content-Type', 'Authorization'],
      ['authorization', 'content-type'],
      { path: 'Cors.AllowHeaders' },
    ],
  ])('is silent about %s', (_, declared, actual, setting) => {
    expect(ruleOn(headerNames, declared as never, actual as never, setting)).toBe('same');
  });

  it.each<[string, unknown, unknown, Setting]>([
    ['a header that was replaced', ['Content-Type'], ['*'], { path: 'AllowHeaders' }],
    ['a header that was added', ['a'], ['a', 'b'], { path: 'AllowHeaders' }],
    ['lists of other things', ['A'], ['a'], { path: 'AllowOrigins' }],
  ])('speaks about %s', (_, declared, actual, setting) => {
    expect(ruleOn(headerNames, declared as never, actual as never, setting)).toBe('silent');
  });
});
