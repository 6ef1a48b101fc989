import { describe, expect, it } from '@jest/globals';
import { ruleOn, type Setting } from '../testing/rule-on.js';
import { letterCase } from './letter-case.js';

describe('letter-case', () => {
  it.each<[string, unknown, unknown, Setting]>([
    ['case where it means nothing', 'managed', 'MANAGED', { facts: { caseInsensitive: true } }],
  ])('is silent about %s', (_, declared, actual, setting) => {
    expect(ruleOn(letterCase, declared as never, actual as never, setting)).toBe('same');
  });

  it.each<[string, unknown, unknown, Setting]>([
    ['another word', 'managed', 'unmanaged', { facts: { caseInsensitive: true } }],
    ['case where it may mean something', 'Key', 'key', {}],
  ])('speaks about %s', (_, declared, actual, setting) => {
    expect(ruleOn(letterCase, declared as never, actual as never, setting)).toBe('silent');
  });
});
