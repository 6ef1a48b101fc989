import type {
  Inventory,
  InventoryConnection,
  InventoryFactory,
  RateLimiter,
} from '../../core/providers/index.js';
import { SeveralInventories } from '../../core/providers/several-inventories.js';
import { GcpInventory } from './gcp.inventory.js';
import { DEFAULT_GCP_OPTIONS } from './gcp.options.js';
import type { GcpInventoryOptions } from './gcp.options.js';

/**
 * Credentials it understands: `serviceAccountKey` (content of the JSON key file) or `accessToken`; with `localCredentials` also
 * `credentialsFile`, other kinds of credential documents, or nothing, which is the machine's own. `scope?` says what is read
 * (`projects/P`, `folders/N`, `organizations/N`, several separated by commas; the key's own project without it), `readTime?` (ISO 8601) reads the past.
 */
export class GcpInventoryFactory implements InventoryFactory {
  readonly provider = 'gcp';
  private readonly options: GcpInventoryOptions;

  constructor(options: Partial<GcpInventoryOptions> = {}) {
    this.options = { ...DEFAULT_GCP_OPTIONS, ...options };
  }

  create(connection: InventoryConnection, limits?: RateLimiter): Inventory {
    const scopes = (connection.credentials.scope ?? '').split(/[\s,]+/).filter(Boolean);
    if (scopes.length < 2) return new GcpInventory(connection, this.options, limits);
    const members = [...new Set(scopes)].map((scope) => ({
      accountId: scope.replace(/^projects\//, ''),
      open: () => {
        const credentials = { ...connection.credentials, scope };
        return new GcpInventory({ ...connection, credentials }, this.options, limits);
      },
    }));
    return new SeveralInventories('gcp', members);
  }
}
