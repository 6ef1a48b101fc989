import { describe, expect, it } from '@jest/globals';
import type { JsonValue } from '../../../../core/providers/index.js';
import { ruleOn } from '../testing/rule-on.js';
import { terraformUnset } from './terraform-unset.js';

describe('terraform-unset', () => {
  it.each<[JsonValue, JsonValue]>([
    [null, {}],
    [null, []],
    ['', null],
    [[{ a: null }], []],
  ])('takes %j and %j for one', (before, after) => {
    expect(ruleOn(terraformUnset, before, after)).toBe('same');
  });

  it('does not silence a zero value that may be a decision', () => {
    expect(ruleOn(terraformUnset, null, false)).toBe('differs');
  });

  it.each<[JsonValue, JsonValue]>([
    [null, 'x'],
    [true, null],
    [5, null],
    [[], ['a']],
  ])('leaves %j and %j as different', (before, after) => {
    expect(ruleOn(terraformUnset, before, after)).toBe('silent');
  });
});
