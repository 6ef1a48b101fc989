export * from './envelope.js';
export * from './key-ring.js';
export * from './tenant-hasher.js';
