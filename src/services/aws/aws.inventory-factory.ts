import type {
  Inventory,
  InventoryConnection,
  InventoryFactory,
} from '../../core/providers/index.js';
import { AwsInventory } from './aws.inventory.js';
import { DEFAULT_AWS_OPTIONS } from './aws.options.js';
import type { AwsInventoryOptions } from './aws.options.js';

/**
 * Credentials it understands: `accessKeyId`, `secretAccessKey`, `sessionToken?`; or, with `localCredentials`, `profile?`. Either may be
 * combined with `roleArn` and `externalId?` to read another account. `region?` is used where the connection names no regions.
 */
export class AwsInventoryFactory implements InventoryFactory {
  readonly provider = 'aws';
  private readonly options: AwsInventoryOptions;

  constructor(options: Partial<AwsInventoryOptions> = {}) {
    this.options = { ...DEFAULT_AWS_OPTIONS, ...options };
  }

  create(connection: InventoryConnection): Inventory {
    return new AwsInventory(connection, this.options);
  }
}
