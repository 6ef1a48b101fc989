import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { childRanges } from './child-ranges.js';
import { locateSyntaxError } from './locate-syntax-error.js';
import { parseJson } from './parse-json.js';
import { topLevelKeys } from './top-level-keys.js';

const json = fc.json({ maxDepth: 3 });

describe('locateSyntaxError', () => {
  it.each([
    ['{"a" 1}', 5, '":"'],
    ['{"a":1 "b":2}', 7, '"," or "}"'],
    ['[1,]', 3, 'a value'],
    ['{a:1}', 1, 'a key in quotes'],
    ['[1 2]', 3, '"," or "]"'],
    ['{"a":"x\ny"}', 7, 'the end of a string'],
    ['{"a":"\\q"}', 6, 'the end of a string'],
    ['[tru]', 1, 'a value'],
    ['{} {}', 3, 'nothing more'],
    ['{"a":[{"b":', 11, 'a value'],
    ['', 0, 'a value'],
  ])('%j', (text, index, expected) => {
    expect(locateSyntaxError(text)).toEqual({ index, expected });
  });

  it('agrees with the native parser on what is JSON', () => {
    fc.assert(
      fc.property(
        json,
        fc.nat(),
        fc.constantFrom('', '"', ',', ']', '\\', '0'),
        (text, at, piece) => {
          const position = at % (text.length + 1);
          const changed = text.slice(0, position) + piece + text.slice(position + 1);
          let valid = true;
          try {
            JSON.parse(changed);
          } catch {
            valid = false;
          }
          expect(locateSyntaxError(changed) === null).toBe(valid);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('childRanges', () => {
  it('finds exactly the members of an object', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })), (object) => {
        for (const indent of [0, 2]) {
          const text = JSON.stringify(object, null, indent);
          const found = [...childRanges(text, 0)].map(({ key, start, end }) => [
            key,
            JSON.parse(text.slice(start, end)) as unknown,
          ]);
          expect(found).toEqual(Object.entries(JSON.parse(text) as object));
        }
      }),
    );
  });
});

describe('parseJson', () => {
  it('is what the native parser says for ordinary values', () => {
    fc.assert(
      fc.property(json, (text) => {
        fc.pre(!/\d{16}/.test(text));
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('keeps big integers as they are written, and other numbers as numbers', () => {
    expect(parseJson('[9007199254740993, -9007199254740993, 1e300, 0.1, 5]')).toEqual([
      '9007199254740993',
      '-9007199254740993',
      1e300,
      0.1,
      5,
    ]);
  });
});

describe('topLevelKeys', () => {
  it('sees through nesting and strings, as far as the text goes', () => {
    const text = '{"a\\"b": {"inner": 1}, "list": ["}", "x"], "text": ":", "cut": "of';
    expect(topLevelKeys(text)).toEqual(['a\\"b', 'list', 'text', 'cut']);
  });
});
