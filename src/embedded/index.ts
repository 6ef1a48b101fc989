export * from './embedded-postgres.js';
export * from './free-port.js';
export { lastLogLines } from './kept-server.js';
export * from './leftover-process.js';
export * from './private-file.js';
export * from './private-redis.js';
