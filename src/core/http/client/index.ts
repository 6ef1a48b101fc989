export * from './deadline.js';
export * from './interleave.js';
export * from './retry.js';
export * from './limits/index.js';
