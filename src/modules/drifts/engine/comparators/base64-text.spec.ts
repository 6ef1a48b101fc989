import { describe, expect, it } from '@jest/globals';
import { ruleOn, type Setting } from '../testing/rule-on.js';
import { base64Text } from './base64-text.js';

const bytes: Setting = { facts: { kind: 'bytes' } };

describe('base64-text', () => {
  it('takes a text and its base64 for the same bytes', () => {
    expect(ruleOn(base64Text, 'secret-data', 'c2VjcmV0LWRhdGE=', bytes)).toBe('same');
  });

  it('speaks about other bytes, and of fields that hold no bytes', () => {
    expect(ruleOn(base64Text, 'secret-date', 'c2VjcmV0LWRhdGE=', bytes)).toBe('silent');
    expect(ruleOn(base64Text, 'secret-data', 'c2VjcmV0LWRhdGE=')).toBe('silent');
  });
});
