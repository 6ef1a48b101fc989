import { DEFAULT_RETRY_POLICY } from '../../core/http/client/index.js';
import type { RetryPolicy } from '../../core/http/client/index.js';

export interface GcpInventoryOptions {
  /**
   * Lets a connection use the machine's own credentials (application default credentials), name a credentials file and use
   * credentials that make the library call other hosts or run a program. For the command line only; in a server it would hand the
   * server's identity to every tenant.
   */
  readonly localCredentials: boolean;
  /** Listings read at the same time. */
  readonly concurrency: number;
  /** Assets asked for in one page; 1000 is the most the API gives. */
  readonly pageSize: number;
  /** Milliseconds one call may take, its body included. */
  readonly callTimeoutMs: number;
  readonly retry: RetryPolicy;
}

export const DEFAULT_GCP_OPTIONS: GcpInventoryOptions = {
  localCredentials: false,
  concurrency: 4,
  pageSize: 1000,
  callTimeoutMs: 60_000,
  // The quota counts calls per minute: the waits add up to about one.
  retry: { ...DEFAULT_RETRY_POLICY, attempts: 10, baseDelayMs: 500 },
};
