import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { NumberList, NumberLists, TextIndex } from './index.js';

describe('TextIndex', () => {
  it('numbers texts as a map would', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 8 })), (texts) => {
        const index = new TextIndex();
        const map = new Map<string, number>();
        for (const text of texts) {
          if (!map.has(text)) map.set(text, map.size);
          expect(index.add(text)).toBe(map.get(text));
        }
        expect(index.size).toBe(map.size);
        for (const text of [...texts, 'absent', ''])
          expect(index.find(text)).toBe(map.get(text) ?? -1);
      }),
    );
  });

  it('tells texts apart that hardly differ', () => {
    const index = new TextIndex();
    const texts = Array.from({ length: 50_000 }, (_, number) => {
      const id = number.toString(16).padStart(17, '0');
      return [`sg-${id}`, `?sg-${id}`, `global|arn:aws:ec2:eu-west-1:1:security-group/sg-${id}`];
    }).flat();
    for (const text of texts) index.add(text);
    expect(index.size).toBe(texts.length);
    expect(texts.every((text, number) => index.find(text) === number)).toBe(true);
    expect(texts.some((text) => index.has(`${text} `))).toBe(false);
  });
});

describe('NumberList', () => {
  it('keeps what was pushed', () => {
    const list = new NumberList();
    for (let number = 0; number < 1000; number++) list.push(number - 500);
    list.set(7, 70);
    list.set(1000, 1);
    expect([list.length, list.at(0), list.at(7), list.at(999), list.at(1000)]).toEqual([
      1000, -500, 70, 499, -1,
    ]);
  });
});

describe('NumberLists', () => {
  it('keeps several numbers in one place', () => {
    const lists = new NumberLists();
    lists.add(3, 30);
    lists.add(0, 1);
    lists.add(3, 31);
    expect([...lists.of(3)]).toEqual([31, 30]);
    expect([...lists.of(0)]).toEqual([1]);
    expect([...lists.of(1), ...lists.of(9)]).toEqual([]);
  });
});
