import { describe, expect, it } from '@jest/globals';
import { ruleOn } from '../testing/rule-on.js';
import { propertiesText } from './properties-text.js';

const at = { path: 'ServerProperties' };

describe('properties-text', () => {
  it.each([
    ['a.b = 1\nc=2\n', 'a.b=1\nc=2'],
    ['# note\na=1\r\nb=2', 'b=2\na=1'],
    ['a=1\na=2', 'a=2'],
    ['a=', 'a = '],
  ])('%j means the same as %j', (declared, actual) => {
    expect(ruleOn(propertiesText, declared, actual, at)).toBe('same');
  });

  it.each([
    ['a=1', 'a=2'],
    ['a=1', 'a=1\nb=2'],
    ['a=1\nb=2', 'a=1'],
    ['a=1', 'b=1'],
    ['no setting', 'no setting '],
    ['', '\n'],
  ])('%j does not mean the same as %j', (declared, actual) => {
    expect(ruleOn(propertiesText, declared, actual, at)).toBe('silent');
  });

  it('has nothing to say of other texts', () => {
    expect(ruleOn(propertiesText, 'a = 1', 'a=1', { path: 'Description' })).toBe('silent');
  });
});
