import type {
  Inventory,
  InventoryConnection,
  InventoryFactory,
  RateLimiter,
} from '../../core/providers/index.js';
import { AzureInventory } from './azure.inventory.js';
import { DEFAULT_AZURE_OPTIONS } from './azure.options.js';
import type { AzureInventoryOptions } from './azure.options.js';

/**
 * Credentials it understands: `tenantId`, `clientId`, `clientSecret`, `authorityHost?`; or `accessToken` (for Azure Resource
 * Manager, used until it expires); or, with `localCredentials`, neither. What to read: `subscriptionId?` and `managementGroupId?`, each one
 * or several separated by commas; without both, every subscription the identity sees.
 */
export class AzureInventoryFactory implements InventoryFactory {
  readonly provider = 'azure';
  private readonly options: AzureInventoryOptions;

  constructor(options: Partial<AzureInventoryOptions> = {}) {
    this.options = { ...DEFAULT_AZURE_OPTIONS, ...options };
  }

  create(connection: InventoryConnection, limits?: RateLimiter): Inventory {
    return new AzureInventory(connection, this.options, limits);
  }
}
