import { describe, expect, it } from '@jest/globals';
import type { JsonValue } from '../../../../core/providers/index.js';
import { ruleOn } from '../testing/rule-on.js';
import { scalarSpelling } from './scalar-spelling.js';

describe('scalar-spelling', () => {
  it.each<[JsonValue, JsonValue]>([
    [5432, '5432'],
    [true, 'true'],
    ['100', '100.0'],
    [1829485032948520, '1829485032948520'],
  ])('takes %p for %p', (declared, actual) => {
    expect(ruleOn(scalarSpelling, declared, actual)).toBe('same');
  });

  it.each<[JsonValue, JsonValue]>([
    [5432, '5433'],
    [true, 'false'],
    ['007', '7'],
    [1829485032948520, '1829485032948521'],
    // Not a number any more: the text holds more than a double can.
    [12345678901234567000, '12345678901234567001'],
  ])('tells %p from %p', (declared, actual) => {
    expect(ruleOn(scalarSpelling, declared, actual)).toBe('silent');
  });
});
