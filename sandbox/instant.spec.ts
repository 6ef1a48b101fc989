import { describe, expect, it } from '@jest/globals';
import { instant } from './instant.js';

describe('times of an estate', () => {
  it.each([
    ['2026-05-04T12:00:00Z', '2026-05-04T12:00:00Z'],
    ['-PT2H', '2026-05-04T10:00:00Z'],
    ['-P1DT30M', '2026-05-03T11:30:00Z'],
    ['-P', '2026-05-04T12:00:00Z'],
    ['soon', 'soon'],
  ])('%s', (text, expected) => {
    expect(instant(text, Date.parse('2026-05-04T12:00:00Z'))).toBe(expected);
  });
});
