export { GcpInventoryFactory } from './gcp.inventory-factory.js';
export { GcpModule } from './gcp.module.js';
export type { GcpInventoryOptions } from './gcp.options.js';
