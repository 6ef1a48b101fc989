/** A token bucket: one token each `intervalMs`, `burst` of them at most. */
export interface BucketRate {
  readonly intervalMs: number;
  readonly burst: number;
}

/** Where buckets are kept; one store is what shares them. */
export interface BucketStore {
  /** Takes a token, even one that is only due later. Answers how many milliseconds to wait until then. */
  take(bucket: string, rate: BucketRate): Promise<number>;
  /** Empties the bucket; the next token is due in `milliseconds` at the earliest. */
  drain(bucket: string, rate: BucketRate, milliseconds: number): Promise<void>;
}

/**
 * The bucket as one number, the time at which it will be full again, so that taking is a single step that can be shared: the
 * generic cell rate algorithm (https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm).
 */
export function takeAt(
  fullAt: number,
  now: number,
  { intervalMs, burst }: BucketRate,
): { readonly fullAt: number; readonly waitMs: number } {
  return {
    fullAt: Math.max(fullAt, now) + intervalMs,
    waitMs: Math.max(0, fullAt - now - (burst - 1) * intervalMs),
  };
}

export function drainAt(
  fullAt: number,
  now: number,
  { intervalMs, burst }: BucketRate,
  milliseconds: number,
): number {
  return Math.max(fullAt, now + milliseconds + (burst - 1) * intervalMs);
}

/** Full buckets are forgotten once there are this many. */
const MOST_BUCKETS = 10_000;

/** Buckets of this process. */
export class MemoryBuckets implements BucketStore {
  private readonly fullAt = new Map<string, number>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  take(bucket: string, rate: BucketRate): Promise<number> {
    const taken = takeAt(this.fullAt.get(bucket) ?? 0, this.now(), rate);
    this.keep(bucket, taken.fullAt);
    return Promise.resolve(taken.waitMs);
  }

  drain(bucket: string, rate: BucketRate, milliseconds: number): Promise<void> {
    this.keep(bucket, drainAt(this.fullAt.get(bucket) ?? 0, this.now(), rate, milliseconds));
    return Promise.resolve();
  }

  private keep(bucket: string, fullAt: number): void {
    this.fullAt.set(bucket, fullAt);
    if (this.fullAt.size <= MOST_BUCKETS) return;
    for (const [name, at] of this.fullAt) if (at <= this.now()) this.fullAt.delete(name);
  }
}
