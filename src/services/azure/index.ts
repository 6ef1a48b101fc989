export { AzureInventoryFactory } from './azure.inventory-factory.js';
export type { AzureInventoryOptions } from './azure.options.js';
export { AzureModule } from './azure.module.js';
