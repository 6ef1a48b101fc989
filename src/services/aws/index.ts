export { AwsInventoryFactory } from './aws.inventory-factory.js';
export type { AwsInventoryOptions } from './aws.options.js';
export { AwsModule } from './aws.module.js';
