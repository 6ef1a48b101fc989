import type { RateLimiter, RateLimitKey } from '../../../providers/index.js';
import { withDeadline } from '../deadline.js';
import { retry } from '../retry.js';
import type { RetryDecision, RetryPolicy } from '../retry.js';

/** What one inventory's calls have in common. */
export interface CallPacing {
  readonly limits: RateLimiter;
  readonly retry: RetryPolicy;
  /** Milliseconds one call may take, its body included; waiting for a turn does not count. */
  readonly callTimeoutMs: number;
  readonly decide: (error: unknown) => RetryDecision;
}

/**
 * One call to a provider: waits for its turn, has a time limit, is repeated where that helps. When the provider says how long to wait,
 * every call on the same quota waits. Throws the signal's reason as soon as it aborts.
 */
export function pacedCall<T>(
  { limits, retry: policy, callTimeoutMs, decide }: CallPacing,
  key: RateLimitKey,
  signal: AbortSignal,
  send: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const pausing = (error: unknown): RetryDecision => {
    const decision = decide(error);
    const asked = decision === 'give-up' ? null : decision.afterMs;
    if (asked !== null && asked <= policy.maxDelayMs) limits.pause(key, asked);
    return decision;
  };
  return retry(policy, signal, pausing, async () => {
    await limits.take(key, signal);
    return withDeadline(callTimeoutMs, signal, send);
  });
}
