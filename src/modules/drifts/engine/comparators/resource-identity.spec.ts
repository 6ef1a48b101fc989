import { describe, expect, it } from '@jest/globals';
import { ruleOn, type Setting } from '../testing/rule-on.js';
import { resourceIdentity } from './resource-identity.js';

describe('resource-identity', () => {
  it.each<[string, unknown, unknown, Setting]>([
    ['the id it was matched by', undefined, 'example', {}],
  ])('is silent about %s', (_, declared, actual, setting) => {
    expect(ruleOn(resourceIdentity, declared as never, actual as never, setting)).toBe('same');
  });

  it.each<[string, unknown, unknown, Setting]>([
    ['another name', undefined, 'sample', {}],
    ['a declared name that changed', 'mine', 'example', {}],
  ])('speaks about %s', (_, declared, actual, setting) => {
    expect(ruleOn(resourceIdentity, declared as never, actual as never, setting)).toBe('silent');
  });
});
