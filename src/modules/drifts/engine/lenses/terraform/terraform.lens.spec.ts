import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../../core/providers/index.js';
import { compareRefresh, outline } from '../../testing/compare-refresh.js';

function find(before: JsonObject, after: JsonObject) {
  return outline(compareRefresh(before, after)).findings;
}

describe('Terraform lens', () => {
  it('is silent about the noise of a refresh', () => {
    const before = {
      labels: null,
      tags: null,
      policy: '{"b":1,"a":[2]}',
      boot_disk: [{ initialize_params: [{ resource_manager_tags: null, size: 10 }] }],
    };
    const after = {
      labels: {},
      tags: [],
      policy: '{ "a": [2], "b": 1 }',
      boot_disk: [{ initialize_params: [{ resource_manager_tags: {}, size: 10 }] }],
    };
    expect(find(before, after)).toEqual({});
  });

  it.each<[string, JsonObject, JsonObject, string]>([
    ['a value', { ami: 'a' }, { ami: 'b' }, 'ami'],
    ['a key of a map', { labels: { a: '1' } }, { labels: { a: '1', b: '2' } }, 'labels.b'],
    ['a map that was not there', { labels: null }, { labels: { a: '1' } }, 'labels'],
    ['a key that is gone', { labels: { a: '1' } }, { labels: {} }, 'labels.a'],
    [
      'a value in a block',
      { disk: [{ size: 10, kind: 'ssd' }] },
      { disk: [{ size: 20, kind: 'ssd' }] },
      'disk[0].size',
    ],
    ['a value that was unset', { size: 10 }, { size: null }, 'size'],
  ])('speaks about %s', (_, before, after, path) => {
    expect(find(before, after)).toEqual({ [path]: 'confirmed' });
  });

  it('does not call an attribute of a newer provider version a change', () => {
    expect(find({ name: 'a' }, { name: 'a', tier: 'standard', extras: [] })).toEqual({
      tier: 'potential',
    });
  });
});
