import { DEFAULT_RETRY_POLICY } from '../../core/http/client/index.js';
import type { RetryPolicy } from '../../core/http/client/index.js';

export interface KubernetesInventoryOptions {
  /**
   * Lets a kubeconfig run credential plugins and name files of this machine, and lets a connection use the pod's own service account.
   * For the command line only; in a server it would run a tenant's commands and read the server's files.
   */
  readonly localCredentials: boolean;
  /** Kinds read at the same time. */
  readonly concurrency: number;
  /** Objects asked for in one page. */
  readonly pageSize: number;
  /** Milliseconds one call may take, its body included. */
  readonly callTimeoutMs: number;
  readonly retry: RetryPolicy;
}

export const DEFAULT_KUBERNETES_OPTIONS: KubernetesInventoryOptions = {
  localCredentials: false,
  concurrency: 4,
  pageSize: 250,
  callTimeoutMs: 60_000,
  retry: DEFAULT_RETRY_POLICY,
};
