import { describe, expect, it } from '@jest/globals';
import { ruleOn, type Setting } from '../testing/rule-on.js';
import { offOrAbsent } from './off-or-absent.js';

describe('off-or-absent', () => {
  it.each<[string, unknown, unknown, Setting]>([
    ['a switch left out because it is off', false, undefined, {}],
    ['a block of switches that are all off', { SSEEnabled: false }, undefined, {}],
    ['the word for nothing', 'NONE', undefined, { actualFormat: 'aws-config' }],
  ])('is silent about %s', (_, declared, actual, setting) => {
    expect(ruleOn(offOrAbsent, declared as never, actual as never, setting)).toBe('same');
  });

  it.each<[string, unknown, unknown, Setting]>([
    ['a switch that was on', true, undefined, {}],
    ['off where the default is on', false, undefined, { facts: { default: true } }],
    ['a block with something on', { A: false, B: 1 }, undefined, {}],
    ['off turned on', false, true, {}],
    ['a word that says something', 'SERVICE', undefined, { actualFormat: 'aws-config' }],
    [
      'the word for nothing in a complete model',
      'NONE',
      undefined,
      { actualFormat: 'aws-cloudcontrol' },
    ],
    ['nothing turned into something', 'NONE', 'SERVICE', {}],
  ])('speaks about %s', (_, declared, actual, setting) => {
    expect(ruleOn(offOrAbsent, declared as never, actual as never, setting)).toBe('silent');
  });
});
