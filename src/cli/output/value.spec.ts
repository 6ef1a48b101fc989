import { describe, expect, it } from '@jest/globals';
import { changeLines, showChange, showValue } from './value.js';

describe('showValue', () => {
  it.each([
    ['a text', 'x', '"x"'],
    ['a number, unlike the same digits as text', 10, '10'],
    ['digits as text', '10', '"10"'],
    ['nothing', null, '(none)'],
    ['a document kept as text, without backslashes', '{"a":1}', `'{"a":1}'`],
    ['a masked value', { $sensitive: 'a1b2' }, '(secret)'],
    [
      'a masked value inside',
      { user: 'x', pass: { $sensitive: 'a1' } },
      '{"user":"x","pass":"(secret)"}',
    ],
  ])('shows %s', (_what, value, shown) => {
    expect(showValue(value)).toBe(shown);
  });

  it('shows nothing of a sensitive value', () => {
    expect(showValue('hunter2', true)).toBe('(secret)');
  });
});

describe('showChange', () => {
  it('says that a secret changed and nothing else', () => {
    expect(showChange({ declared: { $sensitive: 'a' }, actual: { $sensitive: 'b' } })).toBe(
      '(secret, changed)',
    );
  });
});

describe('changeLines', () => {
  it('is one line when it fits', () => {
    expect(changeLines({ declared: 3, actual: 5 }, 20)).toEqual(['3 → 5']);
  });

  it('puts the actual side below when it does not', () => {
    expect(changeLines({ declared: 'checkout:1.42.0', actual: 'checkout:1.42.1' }, 24)).toEqual([
      '"checkout:1.42.0"',
      '→ "checkout:1.42.1"',
    ]);
  });

  it('cuts what two long values share, so that their difference is seen', () => {
    const shared = 'arn:aws:iam::111122223333:role/'.repeat(4);
    const lines = changeLines({ declared: `${shared}reader`, actual: `${shared}writer` }, 30);
    expect(lines.join(' ')).toContain('reader"');
    expect(lines.join(' ')).toContain('writer"');
    expect(lines.every((line) => line.length <= 30)).toBe(true);
  });
});
