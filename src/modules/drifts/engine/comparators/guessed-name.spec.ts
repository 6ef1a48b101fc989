import { describe, expect, it } from '@jest/globals';
import { ruleOn, type Setting } from '../testing/rule-on.js';
import { guessedName } from './guessed-name.js';

describe('guessed-name', () => {
  it.each<[string, unknown, unknown, Setting]>([
    ['a field of a similar name', 'a', 'b', { facts: { guessed: true } }],
  ])('cannot tell a change in %s', (_, declared, actual, setting) => {
    expect(ruleOn(guessedName, declared as never, actual as never, setting)).toBe('unverifiable');
  });

  it.each<[string, unknown, unknown, Setting]>([
    ['a field whose name is published', 'a', 'b', {}],
    ['what stands inside such a field', { a: 1 }, { a: 2 }, { facts: { guessed: true } }],
  ])('leaves %s to the walk', (_, declared, actual, setting) => {
    expect(ruleOn(guessedName, declared as never, actual as never, setting)).toBe('silent');
  });
});
