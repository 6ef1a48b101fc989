import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../core/providers/index.js';
import { compareRefresh, outline } from '../testing/compare-refresh.js';

function find(before: JsonObject, after: JsonObject, type?: string) {
  return outline(compareRefresh(before, after, type)).findings;
}

describe('terraform-order', () => {
  it('does not call another order a change where no schema knows the list', () => {
    expect(find({ zones: ['b', 'a'] }, { zones: ['a', 'b'] })).toEqual({ zones: 'potential' });
  });

  it('names the element that changed, whatever the order', () => {
    expect(find({ zones: ['c', 'a', 'b'] }, { zones: ['a', 'b', 'd'] })).toEqual({
      'zones[0]': 'confirmed',
    });
    const rules = [{ port: 443 }, { port: 80 }];
    expect(find({ rule: rules }, { rule: [{ port: 80 }, { port: 22 }] })).toEqual({
      'rule[0].port': 'confirmed',
    });
  });

  it('speaks about an element that came or went', () => {
    expect(find({ zones: ['a'] }, { zones: ['a', 'b'] })).toEqual({ 'zones[1]': 'confirmed' });
    expect(find({ zones: ['a', 'b'] }, { zones: ['b'] })).toEqual({ 'zones[0]': 'confirmed' });
  });
});
