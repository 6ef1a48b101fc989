import { describe, expect, it } from '@jest/globals';
import { ruleOn } from '../testing/rule-on.js';
import { enabledWord } from './enabled-word.js';
import { googleDuration } from './google-duration.js';

const on = { actualFormat: 'gcp-cai' } as const;

describe('google-duration', () => {
  it('reads hours and minutes as seconds', () => {
    expect(ruleOn(googleDuration, '24h0m0s', '86400s', on)).toBe('same');
  });

  it('speaks about another length, and leaves other clouds alone', () => {
    expect(ruleOn(googleDuration, '24h0m0s', '3600s', on)).toBe('silent');
    expect(ruleOn(googleDuration, '24h0m0s', '86400s')).toBe('silent');
  });
});

describe('a switch spelt as a word', () => {
  it('is the switch, and speaks when it was turned', () => {
    expect(ruleOn(enabledWord, 'PROTECTED', true, on)).toBe('same');
    expect(ruleOn(enabledWord, 'TRUE', true, on)).toBe('same');
    expect(ruleOn(enabledWord, 'TRUE', false, on)).toBe('silent');
  });
});
