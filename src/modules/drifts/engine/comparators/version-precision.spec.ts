import { describe, expect, it } from '@jest/globals';
import { ruleOn, type Setting } from '../testing/rule-on.js';
import { latestVersion, versionPrecision } from './version-precision.js';

describe('version-precision', () => {
  it.each<[string, unknown, unknown, Setting]>([
    ['fewer segments', '8.0', '8.0.45', { path: 'EngineVersion' }],
    ['fewer segments of one kind', '2.2-debian12', '2.2.40-debian12', { path: 'image_version' }],
    ['a wildcard segment', '1.0.x', '1.0.3.1', { path: 'EngineVersion' }],
  ])('is silent about %s', (_, declared, actual, setting) => {
    expect(ruleOn(versionPrecision, declared as never, actual as never, setting)).toBe('same');
  });

  it.each<[string, unknown, unknown, Setting]>([
    ['another minor version', '8.0', '8.4.1', { path: 'EngineVersion' }],
    ['a segment that only begins alike', '8.0', '8.05', { path: 'EngineVersion' }],
    ['another kind', '2.2-debian12', '2.2.40-rocky9', { path: 'image_version' }],
    ['numbers that are no version', '8.0', '8.0.45', { path: 'Price' }],
  ])('speaks about %s', (_, declared, actual, setting) => {
    expect(ruleOn(versionPrecision, declared as never, actual as never, setting)).toBe('silent');
  });
});

describe('latest-version', () => {
  const setting = { path: 'PlatformVersion' };

  it('is silent about the version LATEST stands for', () => {
    expect(ruleOn(latestVersion, 'LATEST', '1.4.0', setting)).toBe('same');
  });

  it('speaks about no version at all', () => {
    expect(ruleOn(latestVersion, 'LATEST', '', setting)).toBe('silent');
    expect(ruleOn(latestVersion, '1.3.0', '1.4.0', setting)).toBe('silent');
  });
});
