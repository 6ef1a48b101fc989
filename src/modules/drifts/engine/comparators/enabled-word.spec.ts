import { describe, expect, it } from '@jest/globals';
import { ruleOn } from '../testing/rule-on.js';
import { enabledWord } from './enabled-word.js';

const azure = { actualFormat: 'azure-resource-graph' } as const;

describe('enabled-word', () => {
  it.each([
    [true, 'Enabled'],
    [false, 'disabled'],
    [false, 'Off'],
  ])('takes %s for %s', (declared, actual) => {
    expect(ruleOn(enabledWord, declared, actual, azure)).toBe('same');
  });

  it.each([
    [true, 'Disabled'],
    [false, 'Enabled'],
    [false, 'SecuredByPerimeter'],
  ])('tells %s from %s', (declared, actual) => {
    expect(ruleOn(enabledWord, declared, actual, azure)).toBe('silent');
  });
});
