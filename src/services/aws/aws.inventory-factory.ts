import { UNLIMITED } from '../../core/providers/index.js';
import type {
  Inventory,
  InventoryConnection,
  InventoryFactory,
  RateLimiter,
} from '../../core/providers/index.js';
import { AwsInventory } from './aws.inventory.js';
import { DEFAULT_AWS_OPTIONS } from './aws.options.js';
import type { AwsInventoryOptions } from './aws.options.js';

/**
 * Credentials it understands: `accessKeyId`, `secretAccessKey`, `sessionToken?`; or, with `localCredentials`, `profile?`. Either may be
 * combined with `roleArn` and `externalId?`, a role to act as from then on. `region?` is used where the connection names no regions.
 * The options that say which accounts are read, and how, are in `readSettings`.
 */
export class AwsInventoryFactory implements InventoryFactory {
  readonly provider = 'aws';
  private readonly options: AwsInventoryOptions;

  constructor(options: Partial<AwsInventoryOptions> = {}) {
    this.options = { ...DEFAULT_AWS_OPTIONS, ...options };
  }

  create(connection: InventoryConnection, limits: RateLimiter = UNLIMITED): Inventory {
    return new AwsInventory(connection, this.options, limits);
  }
}
