import { Global, Module } from '@nestjs/common';
import { AttemptLimiter } from './attempt-limiter.js';
import { RedisConnection } from './redis-connection.js';

@Global()
@Module({
  providers: [RedisConnection, AttemptLimiter],
  exports: [RedisConnection, AttemptLimiter],
})
export class RedisModule {}
