import { describe, expect, it } from '@jest/globals';
import type { RateLimitKey } from '../../../providers/index.js';
import { type BucketRate, type BucketStore, MemoryBuckets } from './bucket.js';
import { QuotaLimiter } from './quota-limiter.js';

const RATE: BucketRate = { intervalMs: 100, burst: 3 };
const KEY: RateLimitKey = {
  provider: 'azure',
  account: 'tenant/app',
  operation: 'resourcegraph:resources',
};

describe('a token bucket', () => {
  it('gives its burst at once and then one token each interval', async () => {
    const buckets = new MemoryBuckets(() => 1000);
    const waits: number[] = [];
    for (let n = 0; n < 6; n += 1) waits.push(await buckets.take('a', RATE));
    expect(waits).toEqual([0, 0, 0, 100, 200, 300]);
  });

  it('fills up again while nobody asks, and never beyond its burst', async () => {
    let now = 0;
    const buckets = new MemoryBuckets(() => now);
    for (let n = 0; n < 3; n += 1) await buckets.take('a', RATE);
    now = 60_000;
    const waits: number[] = [];
    for (let n = 0; n < 4; n += 1) waits.push(await buckets.take('a', RATE));
    expect(waits).toEqual([0, 0, 0, 100]);
  });

  it('is one for each name', async () => {
    const buckets = new MemoryBuckets(() => 0);
    for (let n = 0; n < 3; n += 1) await buckets.take('a', RATE);
    expect(await buckets.take('b', RATE)).toBe(0);
  });

  it('that was drained gives nothing until the time is over, then one at a time', async () => {
    const buckets = new MemoryBuckets(() => 0);
    await buckets.drain('a', RATE, 5000);
    expect(await buckets.take('a', RATE)).toBe(5000);
    expect(await buckets.take('a', RATE)).toBe(5100);
  });
});

describe('the limiter of published quotas', () => {
  const signal = new AbortController().signal;

  it('keeps a provider to its published rate: Resource Graph, 15 requests in 5 seconds', async () => {
    const asked: BucketRate[] = [];
    const store = recording(asked);
    await new QuotaLimiter({ store }).take(KEY, signal);
    await new QuotaLimiter({ store, share: 0.2 }).take(KEY, signal);
    expect(asked).toEqual([
      { intervalMs: 5000 / 15, burst: 15 },
      { intervalMs: 5000 / 3, burst: 3 },
    ]);
  });

  it('does not show the store whose quota it is', async () => {
    const names: string[] = [];
    const store = recording([], names);
    await new QuotaLimiter({ store }).take(KEY, signal);
    await new QuotaLimiter({ store }).take({ ...KEY, account: 'somebody else' }, signal);
    expect(new Set(names).size).toBe(2);
    expect(names.join()).not.toMatch(/tenant|somebody/);
  });

  it('ends its wait when the scan is cancelled', async () => {
    const limiter = new QuotaLimiter({ store: { ...recording([]), take: async () => 60_000 } });
    const stop = new AbortController();
    const waiting = limiter.take(KEY, stop.signal);
    stop.abort(new Error('cancelled'));
    await expect(waiting).rejects.toThrow('cancelled');
  });

  it('goes on with buckets of its own when the shared store is away', async () => {
    const failures: unknown[] = [];
    const store: BucketStore = {
      take: () => Promise.reject(new Error('away')),
      drain: () => Promise.reject(new Error('away')),
    };
    const limiter = new QuotaLimiter({ store, onStoreFailure: (error) => failures.push(error) });
    await limiter.take(KEY, signal);
    expect(failures).toHaveLength(1);
  });

  it('does not hold back what has no known quota, until the provider says so', async () => {
    const limiter = new QuotaLimiter({ store: new MemoryBuckets() });
    const unknown = { ...KEY, operation: 'something' };
    for (let n = 0; n < 100; n += 1) await limiter.take(unknown, signal);
    limiter.pause(unknown, 60_000);
    const stop = new AbortController();
    const waiting = limiter.take(unknown, stop.signal);
    stop.abort(new Error('still waiting'));
    await expect(waiting).rejects.toThrow('still waiting');
  });
});

function recording(rates: BucketRate[], names: string[] = []): BucketStore {
  return {
    take: (name, rate) => {
      names.push(name);
      rates.push(rate);
      return Promise.resolve(0);
    },
    drain: () => Promise.resolve(),
  };
}
