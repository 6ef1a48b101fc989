export { KubernetesInventoryFactory } from './kubernetes.inventory-factory.js';
export type { KubernetesInventoryOptions } from './kubernetes.options.js';
