import { DEFAULT_RETRY_POLICY } from '../../core/http/client/index.js';
import type { RetryPolicy } from '../../core/http/client/index.js';

export interface AzureInventoryOptions {
  /**
   * Lets a connection without a secret use the machine's own: environment, Azure CLI, managed identity. For the command line
   * only; in a server it would hand the server's identity to every tenant.
   */
  readonly localCredentials: boolean;
  /** Queries under way at the same time. */
  readonly concurrency: number;
  /** Milliseconds one call may take, its body included. */
  readonly callTimeoutMs: number;
  /** Rows of a page; Resource Graph allows 1000 at most. */
  readonly pageSize: number;
  readonly retry: RetryPolicy;
}

export const DEFAULT_AZURE_OPTIONS: AzureInventoryOptions = {
  localCredentials: false,
  concurrency: 4,
  callTimeoutMs: 60_000,
  pageSize: 1000,
  retry: DEFAULT_RETRY_POLICY,
};
