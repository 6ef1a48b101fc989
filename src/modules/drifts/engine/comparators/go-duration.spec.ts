import { describe, expect, it } from '@jest/globals';
import { ruleOn, type Setting } from '../testing/rule-on.js';
import { goDuration } from './go-duration.js';

const custom: Setting = {
  declaredFormat: 'k8s-manifest',
  actualFormat: 'k8s-live',
  type: 'Certificate',
  declaredParent: { apiVersion: 'example.org/v1', kind: 'Certificate' },
};

describe('go-duration', () => {
  it.each([
    ['2160h', '2160h0m0s'],
    ['90m', '1h30m0s'],
    ['1m30s', '1m30s'],
    ['1.5h', '1h30m0s'],
  ])('takes %s and %s for one duration', (declared, actual) => {
    expect(ruleOn(goDuration, declared, actual, custom)).toBe('same');
  });

  it.each([
    ['1h', '2h0m0s'],
    ['1h', '60m'],
    ['90d', '2160h0m0s'],
    ['1h', '1h0m0s-changed'],
  ])('keeps %s and %s apart', (declared, actual) => {
    expect(ruleOn(goDuration, declared, actual, custom)).toBe('silent');
  });

  it('compares any spelling where a schema says it is a duration', () => {
    expect(ruleOn(goDuration, '1h', '60m', { ...custom, facts: { kind: 'duration' } })).toBe(
      'same',
    );
  });
});
