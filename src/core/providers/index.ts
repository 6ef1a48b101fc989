export * from './actual-resource.js';
export * from './coverage.js';
export * from './declared-resource.js';
export * from './inventory.errors.js';
export * from './inventory.js';
export * from './json.js';
export * from './provider.js';
export * from './state-source.js';
