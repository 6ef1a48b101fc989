import { DEFAULT_RETRY_POLICY } from '../../core/http/client/index.js';
import type { RetryPolicy } from '../../core/http/client/index.js';

export interface AwsInventoryOptions {
  /**
   * Lets a connection without keys use the machine's own: profile, environment, instance role. For the command line only; in
   * a server it would hand the server's identity to every tenant.
   */
  readonly localCredentials: boolean;
  /** Types read at the same time in one account and region. */
  readonly concurrency: number;
  /** Milliseconds one call may take, its body included. */
  readonly callTimeoutMs: number;
  readonly retry: RetryPolicy;
}

export const DEFAULT_AWS_OPTIONS: AwsInventoryOptions = {
  localCredentials: false,
  concurrency: 4,
  callTimeoutMs: 60_000,
  retry: DEFAULT_RETRY_POLICY,
};
