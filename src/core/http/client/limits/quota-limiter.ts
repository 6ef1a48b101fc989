import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { quotaOf } from '../../../providers/provider-quotas.js';
import type { RateLimiter, RateLimitKey } from '../../../providers/index.js';
import type { BucketRate, BucketStore } from './bucket.js';
import { MemoryBuckets } from './bucket.js';

/** A bucket for what has no known quota, so that a provider's word to wait counts for all its calls. */
const UNKNOWN: BucketRate = { intervalMs: 0, burst: 1 };

export interface QuotaLimiterOptions {
  readonly store: BucketStore;
  /** Multiplies every quota: below 1 leaves room for other tools, above 1 for quotas that were raised. */
  readonly share?: number;
  /** False: no call waits before the provider has said so. */
  readonly published?: boolean;
  /** The shared store does not answer; this process goes on with buckets of its own. */
  readonly onStoreFailure?: (error: unknown) => void;
}

/** The published quotas, kept in buckets. */
export class QuotaLimiter implements RateLimiter {
  private readonly own = new MemoryBuckets();

  constructor(private readonly options: QuotaLimiterOptions) {}

  async take(key: RateLimitKey, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const rate = this.rateOf(key);
    const waitMs = await this.ask((store) => store.take(nameOf(key), rate));
    signal.throwIfAborted();
    if (waitMs > 0) await wait(waitMs, signal);
  }

  pause(key: RateLimitKey, milliseconds: number): void {
    if (milliseconds <= 0) return;
    const rate = this.rateOf(key);
    void this.ask((store) => store.drain(nameOf(key), rate, milliseconds));
  }

  private async ask<T>(work: (store: BucketStore) => Promise<T>): Promise<T> {
    try {
      return await work(this.options.store);
    } catch (error) {
      this.options.onStoreFailure?.(error);
      return work(this.own);
    }
  }

  private rateOf(key: RateLimitKey): BucketRate {
    const quota = quotaOf(key);
    if (quota === null || this.options.published === false) return UNKNOWN;
    const share = this.options.share ?? 1;
    return {
      intervalMs: (quota.perSeconds * 1000) / (quota.calls * share),
      burst: Math.max(1, Math.floor(quota.burst * share)),
    };
  }
}

/** Hashed: an account may be a person's name, and keys of a shared store are read by others. */
function nameOf({ provider, account, operation }: RateLimitKey): string {
  const whose = createHash('sha256').update(account).digest('base64url').slice(0, 22);
  return `${provider}:${operation}:${whose}`;
}

async function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch {
    signal.throwIfAborted();
  }
}
