import { describe, expect, it } from '@jest/globals';
import { ruleOn, type Setting } from '../testing/rule-on.js';
import { maskedText } from './masked-text.js';

describe('masked-text', () => {
  it.each<[string, unknown, unknown, Setting]>([
    ['masked letters', 'caf? au lait', 'café au lait', { declaredFormat: 'cfn-properties' }],
  ])('cannot tell what stands behind %s', (_, declared, actual, setting) => {
    expect(ruleOn(maskedText, declared as never, actual as never, setting)).toBe('unverifiable');
  });

  it.each<[string, unknown, unknown, Setting]>([
    [
      'a changed ASCII letter',
      'caf? au lait',
      'café au loit',
      { declaredFormat: 'cfn-properties' },
    ],
    ['a real question mark', 'why?', 'why!', { declaredFormat: 'cfn-properties' }],
    ['formats without a template service', 'caf?', 'café', {}],
  ])('speaks about %s', (_, declared, actual, setting) => {
    expect(ruleOn(maskedText, declared as never, actual as never, setting)).toBe('silent');
  });
});
