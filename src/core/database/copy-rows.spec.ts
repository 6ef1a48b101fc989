import { describe, expect, it } from '@jest/globals';
import { copyText } from './copy-rows.js';

describe('copyText', () => {
  it.each([
    [null, '\\N'],
    ['\\N', '\\\\N'],
    ['a\tb\nc\rd\\e', 'a\\tb\\nc\\rd\\\\e'],
    ['nul\0inside', 'nul\uFFFDinside'],
    ['', ''],
    [0, '0'],
    [false, 'false'],
    [12n, '12'],
    [new Date('2026-02-03T04:05:06.789Z'), '2026-02-03T04:05:06.789Z'],
    [Buffer.from([0, 255]), '\\\\x00ff'],
  ])('writes %p', (value, text) => expect(copyText(value)).toBe(text));
});
