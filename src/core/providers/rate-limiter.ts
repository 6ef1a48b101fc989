import type { Provider } from './provider.js';

/** What shares one quota at a provider. */
export interface RateLimitKey {
  readonly provider: Provider;
  /** Whose quota it is: AWS account and region, Google project or organization, Azure tenant and identity, cluster. */
  readonly account: string;
  /** As the provider names it: `config:SelectResourceConfig`, `cloudasset.assets.list`, `resourcegraph/resources`, `list`. */
  readonly operation: string;
}

/**
 * Paces calls so that all scans of an installation together stay below a provider's published quotas. Operations without a known
 * quota are not held back.
 */
export interface RateLimiter {
  /** Resolves when one call may be made. @throws the signal's reason as soon as it aborts */
  take(key: RateLimitKey, signal: AbortSignal): Promise<void>;
  /** The provider said no, or that nothing is left: nobody calls within the next `milliseconds`. */
  pause(key: RateLimitKey, milliseconds: number): void;
}

/** Holds nothing back. */
export const UNLIMITED: RateLimiter = {
  take: (_key, signal) => {
    signal.throwIfAborted();
    return Promise.resolve();
  },
  pause: () => undefined,
};

/** Injection token of the `RateLimiter` all workers of an installation share. */
export const RATE_LIMITER = Symbol('RATE_LIMITER');
