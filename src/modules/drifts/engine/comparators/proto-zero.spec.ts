import { describe, expect, it } from '@jest/globals';
import { ruleOn } from '../testing/rule-on.js';
import { protoZero } from './proto-zero.js';

const omitted = { facts: { absence: 'zero' } } as const;

describe('zero-value-omitted', () => {
  it.each([false, 0, '0', [{ enabled: false }]])('takes %j and absent for the same', (zero) => {
    expect(ruleOn(protoZero, zero, undefined, omitted)).toBe('same');
  });

  it('does not excuse a value that is gone, or an API that keeps its zeros', () => {
    expect(ruleOn(protoZero, true, undefined, omitted)).toBe('silent');
    expect(ruleOn(protoZero, false, undefined)).toBe('silent');
  });
});
