import { describe, expect, it } from '@jest/globals';
import { ruleOn } from '../testing/rule-on.js';
import { replacedResource } from './replaced-resource.js';

describe('replaced-resource', () => {
  it.each(['id', 'arn', 'self_link'])('speaks when %s is another one', (path) => {
    expect(ruleOn(replacedResource, 'old', 'new', { path })).toBe('differs');
  });

  it.each([
    ['another case of the same id', 'id', '/Subscriptions/0', '/subscriptions/0'],
    ['an id that was not known yet', 'id', '', 'new'],
    ['an id inside a block', 'network[0].id', 'old', 'new'],
    ['another attribute', 'name', 'old', 'new'],
  ])('says nothing about %s', (_, path, before, after) => {
    expect(ruleOn(replacedResource, before, after, { path })).toBe('silent');
  });
});
