import { describe, expect, it } from '@jest/globals';
import { ruleOn, type Setting } from '../testing/rule-on.js';
import { surroundingSpace } from './surrounding-space.js';

describe('surrounding-space', () => {
  it.each<[string, unknown, unknown, Setting]>([
    ['a final newline', 'a: 1', 'a: 1\n', {}],
    ['line endings', 'a\r\nb', 'a\nb', {}],
  ])('is silent about %s', (_, declared, actual, setting) => {
    expect(ruleOn(surroundingSpace, declared as never, actual as never, setting)).toBe('same');
  });

  it.each<[string, unknown, unknown, Setting]>([
    ['white space inside', 'a b', 'a  b', {}],
    ['other text', 'a', 'b\n', {}],
  ])('speaks about %s', (_, declared, actual, setting) => {
    expect(ruleOn(surroundingSpace, declared as never, actual as never, setting)).toBe('silent');
  });
});
