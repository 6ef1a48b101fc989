import { setTimeout as sleep } from 'node:timers/promises';

export interface RetryPolicy {
  /** Calls in all, the first one included. */
  readonly attempts: number;
  /** Upper bound of the first wait, in milliseconds; doubles with each attempt. */
  readonly baseDelayMs: number;
  /** No wait is longer; a server that asks for a longer one is given up on. */
  readonly maxDelayMs: number;
}

export const DEFAULT_RETRY_POLICY: RetryPolicy = {
  attempts: 6,
  baseDelayMs: 250,
  maxDelayMs: 30_000,
};

/** `afterMs` is what the server asked for (`Retry-After`); null when it did not say. */
export type RetryDecision = 'give-up' | { readonly afterMs: number | null };

/**
 * Repeats a call with exponential backoff and full jitter
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/), never sooner than the server asked.
 * Throws the last error when the attempts are used up, and the signal's reason as soon as it aborts, also while waiting.
 */
export async function retry<T>(
  policy: RetryPolicy,
  signal: AbortSignal,
  decide: (error: unknown) => RetryDecision,
  call: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      signal.throwIfAborted();
      const decision = attempt < policy.attempts ? decide(error) : 'give-up';
      if (decision === 'give-up') throw error;
      const asked = decision.afterMs ?? 0;
      if (asked > policy.maxDelayMs) throw error;
      const ceiling = Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** (attempt - 1));
      await wait(asked + Math.random() * ceiling, signal);
    }
  }
}

async function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch {
    signal.throwIfAborted();
  }
}

/**
 * Milliseconds of a `Retry-After` header, given in seconds or as a date (RFC 9110, section 10.2.3); null when absent or unreadable.
 */
export function parseRetryAfter(
  header: string | null | undefined,
  now = Date.now(),
): number | null {
  if (!header) return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
