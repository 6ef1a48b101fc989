export { type AttemptLimit, AttemptLimiter } from './attempt-limiter.js';
export { RedisConnection } from './redis-connection.js';
export { RedisModule } from './redis.module.js';
