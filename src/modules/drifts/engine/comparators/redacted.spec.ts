import { describe, expect, it } from '@jest/globals';
import { ruleOn } from '../testing/rule-on.js';
import { redacted } from './redacted.js';

describe('redacted', () => {
  it.each(['[secret]', '********', '(sensitive value)', '<REDACTED>'])(
    'cannot tell what %s stands for',
    (marker) => {
      expect(ruleOn(redacted, 's3cr3t', marker)).toBe('unverifiable');
    },
  );

  it('reads a bare word as a marker only where a secret belongs', () => {
    expect(ruleOn(redacted, 'REDACTED', 'other', { facts: { sensitive: true } })).toBe(
      'unverifiable',
    );
    expect(ruleOn(redacted, 'hidden', 'visible')).toBe('silent');
  });

  it('leaves two real values to the comparison', () => {
    expect(ruleOn(redacted, 'a', 'b', { facts: { sensitive: true } })).toBe('silent');
  });
});
