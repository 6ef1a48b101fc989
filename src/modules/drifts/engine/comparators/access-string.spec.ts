import { describe, expect, it } from '@jest/globals';
import { ruleOn, type Setting } from '../testing/rule-on.js';
import { accessString } from './access-string.js';

describe('access-string', () => {
  it.each<[string, unknown, unknown, Setting]>([
    ['the start every user has', 'on ~app:* +@read', 'on ~app:* -@all +@read', {}],
  ])('is silent about %s', (_, declared, actual, setting) => {
    expect(ruleOn(accessString, declared as never, actual as never, setting)).toBe('same');
  });

  it.each<[string, unknown, unknown, Setting]>([
    ['a wider grant', 'on ~app:* +@read', 'on ~app:* -@all +@all', {}],
    ['a user switched off', 'on ~* +@read', 'off ~* +@read', {}],
    ['other text', 'hello +x', 'hello -@all +x', {}],
  ])('speaks about %s', (_, declared, actual, setting) => {
    expect(ruleOn(accessString, declared as never, actual as never, setting)).toBe('silent');
  });
});
