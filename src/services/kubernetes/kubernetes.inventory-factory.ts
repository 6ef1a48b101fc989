import type {
  Inventory,
  InventoryConnection,
  InventoryFactory,
  RateLimiter,
} from '../../core/providers/index.js';
import { KubernetesInventory } from './kubernetes.inventory.js';
import { DEFAULT_KUBERNETES_OPTIONS } from './kubernetes.options.js';
import type { KubernetesInventoryOptions } from './kubernetes.options.js';

/**
 * Credentials it understands: `kubeconfig` (its text) and `context?`; or `server` (else the connection's endpoint) with `token`, or `username`
 * and `password`, or `clientCertificateData` and `clientKeyData`, and `caData?` (base64 PEM, as in a kubeconfig), `insecureSkipTlsVerify?`
 * (`'true'`). `clusterName?` names the cluster in results. With `localCredentials` also `kubeconfigDirectory` for the files a kubeconfig names, and
 * `inCluster` (`'true'`). The connection's endpoint overrides the kubeconfig's server.
 */
export class KubernetesInventoryFactory implements InventoryFactory {
  readonly provider = 'kubernetes';
  private readonly options: KubernetesInventoryOptions;

  constructor(options: Partial<KubernetesInventoryOptions> = {}) {
    this.options = { ...DEFAULT_KUBERNETES_OPTIONS, ...options };
  }

  create(connection: InventoryConnection, limits?: RateLimiter): Inventory {
    return new KubernetesInventory(connection, this.options, limits);
  }
}
