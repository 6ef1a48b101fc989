import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../../../core/providers/index.js';
import type { FieldFacts } from '../field.js';
import { SameShapeNode } from '../lenses/same-shape.js';
import { Place } from '../place.js';
import { fieldOf } from '../testing/rule-on.js';
import { compareLists } from './compare-lists.js';
import { PathSet } from './path-set.js';
import { ReportBuilder } from './report-builder.js';
import { compareValues } from './walk.js';

function compare(
  declared: JsonValue[],
  actual: JsonValue[],
  facts: FieldFacts = {},
  sensitive: string[] = [],
) {
  const report = new ReportBuilder('example');
  const walk = {
    pair: fieldOf().pair,
    comparators: [],
    report,
    ignoresNothing: true,
    ignored: () => undefined,
    unresolved: new PathSet([]),
    sensitive: new PathSet(sensitive),
    compare: compareValues,
  };
  compareLists(
    walk,
    declared,
    actual,
    new SameShapeNode(facts),
    Place.root().child('list', ['list']),
    0,
  );
  return {
    findings: report.findings.map(({ path, change }) => `${change} ${path}`),
    values: report.findings.map(({ declared: left, actual: right }) => [left, right]),
    rules: report.suppressed.map(({ rule }) => rule),
  };
}

const MILLION = 1_000_000;
/** Shares no factor with a million, so its multiples meet every position once. */
const STEP = 618_033;

const tag = (name: string, value: string): JsonObject => ({ name, value });

describe('compareLists', () => {
  it('goes by position where nothing says otherwise', () => {
    expect(compare(['a', 'b'], ['b', 'a']).findings).toEqual([
      'modified list[0]',
      'modified list[1]',
    ]);
    expect(compare(['a', 'b'], ['a']).findings).toEqual(['removed list[1]']);
    expect(compare(['a'], ['a', 'b']).findings).toEqual(['added list[1]']);
  });

  it('finds elements by what identifies them, wherever they stand', () => {
    const declared = [tag('a', '1'), tag('b', '2'), tag('c', '3')];
    const actual = [tag('d', '4'), tag('b', '9'), tag('a', '1')];
    const { findings, rules } = compare(declared, actual);
    expect(findings).toEqual(['modified list[1].value', 'removed list[2]', 'added list.d']);
    expect(rules).toEqual(['element-order']);
  });

  it('speaks of an order that matters', () => {
    const declared = [tag('a', '1'), tag('b', '2')];
    const facts = { order: 'significant', identity: ['name'] } as const;
    expect(compare(declared, [...declared].reverse(), facts).findings).toEqual(['modified list']);
  });

  it('shows nothing of a secret list, not even its order', () => {
    const declared = [tag('a', '1'), tag('b', '2')];
    const facts = { order: 'significant', identity: ['name'] } as const;
    expect(compare(declared, [...declared].reverse(), facts, ['list']).values).toEqual([
      ['(sensitive)', '(sensitive)'],
    ]);
  });

  it('takes a set for a set', () => {
    const set = { order: 'set' } as const;
    expect(compare(['a', 'b'], ['b', 'a'], set)).toMatchObject({
      findings: [],
      rules: ['set-order'],
    });
    expect(compare(['a', 'b'], ['c', 'a'], set).findings).toEqual(['modified list[1]']);
    expect(compare(['a'], ['b', 'a'], set).findings).toEqual(['added list[0]']);
    expect(compare(['a'], ['a', 'a'], set)).toMatchObject({
      findings: [],
      rules: ['duplicate-in-set'],
    });
    expect(compare(['a', 'a'], ['a'], set).findings).toEqual(['removed list[1]']);
  });

  it('says of a long list that differs everywhere that it differs', () => {
    const numbers = Array.from({ length: 500 }, (_, index) => index);
    const shifted = numbers.map((one) => one + 500);
    expect(compare(numbers, shifted).findings).toEqual(['modified list']);
  });

  it('takes a set of any members for a bag of them, of a million too', () => {
    const members = fc.array(fc.constantFrom<JsonValue[]>('a', '1', 1, true, ['a'], { a: 1 }));
    const bag = (list: readonly JsonValue[]) => list.map((one) => JSON.stringify(one)).sort();
    fc.assert(
      fc.property(members, members, (left, right) => {
        const { findings } = compare(left, right, { order: 'set' });
        const twice = right.every((one) => bag(left).includes(JSON.stringify(one)));
        const silent = bag(left).join() === bag(right).join();
        if (silent) expect(findings).toEqual([]);
        else if (!twice) expect(findings).not.toEqual([]);
      }),
    );
    fc.assert(
      fc.property(fc.nat(MILLION - 1), fc.nat(MILLION - 1), (start, changed) => {
        const names = Array.from({ length: MILLION }, (_, index) => `sg-${index}`);
        const turned = names.map((_, index) => `sg-${(index * STEP + start) % MILLION}`);
        const same = compare(names, turned, { order: 'set' });
        expect([same.findings, same.rules]).toEqual([[], ['set-order']]);
        const gone = turned[changed];
        turned[changed] = 'sg-other';
        const { values } = compare(names, turned, { order: 'set' });
        expect(values).toEqual([[gone, 'sg-other']]);
      }),
      { numRuns: 1 },
    );
  });
});
