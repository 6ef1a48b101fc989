import type {
  Inventory,
  InventoryConnection,
  InventoryFactory,
  RateLimiter,
} from '../../core/providers/index.js';
import { SeveralInventories } from '../../core/providers/several-inventories.js';
import { chosenContexts, invalid } from './kubeconfig-document.js';
import { KubernetesInventory } from './kubernetes.inventory.js';
import { DEFAULT_KUBERNETES_OPTIONS } from './kubernetes.options.js';
import type { KubernetesInventoryOptions } from './kubernetes.options.js';

/**
 * Credentials it understands: `kubeconfig` (its text) and `context?`, or `contexts?` for several clusters (names separated by commas, `*` for all); or `server` (else the connection's endpoint) with `token`, or `username`
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
    const { kubeconfig, contexts, ...others } = connection.credentials;
    if (!contexts) return new KubernetesInventory(connection, this.options, limits);
    if (!kubeconfig) throw invalid('contexts are those of a kubeconfig; give it as well');
    if (connection.endpoint !== null) {
      throw invalid('One endpoint cannot stand for several contexts; leave it out');
    }
    const clusters = chosenContexts(kubeconfig, contexts);
    const members = clusters.map(({ name, clusterName }) => ({
      accountId: clusterName,
      open: () => {
        const credentials = { ...others, kubeconfig, context: name, clusterName };
        return new KubernetesInventory({ ...connection, credentials }, this.options, limits);
      },
    }));
    return new SeveralInventories('kubernetes', members);
  }
}
