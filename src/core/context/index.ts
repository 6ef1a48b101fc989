export * from './permissions.js';
export * from './scope.js';
export * from './tenant-context.js';
