import { describe, expect, it } from '@jest/globals';
import { csvField } from './audit-export.js';

describe('a field of an exported table', () => {
  it.each([
    ['plain', 'plain'],
    ['two, words', '"two, words"'],
    ['a "quote"', '"a ""quote"""'],
    [null, ''],
    [{ a: 1 }, '"{""a"":1}"'],
  ])('%j is written %s', (value, text) => {
    expect(csvField(value)).toBe(text);
  });

  it.each(['=cmd()', '+1', '-1', '@sum', '\tx'])('%j is no formula', (value) => {
    expect(csvField(value).replace('"', '')).toMatch(/^'/);
  });
});
