import { describe, expect, it } from '@jest/globals';
import { PROVIDER_QUOTAS } from './provider-quotas.js';

describe('the table of quotas', () => {
  it.each(Object.entries(PROVIDER_QUOTAS))('%s names a page and makes sense', (name, quota) => {
    expect(name).toMatch(/^(aws|gcp|azure|kubernetes|other)\/[\w:-]+$/);
    expect(URL.parse(quota.source)?.protocol).toBe('https:');
    expect(quota.calls).toBeGreaterThan(0);
    expect(quota.burst).toBeGreaterThanOrEqual(1);
    // Where a window is counted, what is sent at once counts in it too.
    if (quota.perSeconds > 1) expect(quota.burst).toBeLessThanOrEqual(quota.calls);
  });
});
