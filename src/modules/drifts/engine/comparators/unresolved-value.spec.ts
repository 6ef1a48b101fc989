import { describe, expect, it } from '@jest/globals';
import { ruleOn, type Setting } from '../testing/rule-on.js';
import { unresolvedValue } from './unresolved-value.js';

describe('unresolved-value', () => {
  it.each<[string, unknown, unknown, Setting]>([
    ['a dynamic reference', '{{resolve:ssm:/app/key}}', 'abc', {}],
    ['a token', '${Token[TOKEN.12]}', 'abc', {}],
  ])('cannot tell what %s holds', (_, declared, actual, setting) => {
    expect(ruleOn(unresolvedValue, declared as never, actual as never, setting)).toBe(
      'unverifiable',
    );
  });

  it.each<[string, unknown, unknown, Setting]>([['a plain value', 'abc', 'abd', {}]])(
    'speaks about %s',
    (_, declared, actual, setting) => {
      expect(ruleOn(unresolvedValue, declared as never, actual as never, setting)).toBe('silent');
    },
  );
});
