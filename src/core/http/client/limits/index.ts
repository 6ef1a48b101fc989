export { type BucketRate, type BucketStore, MemoryBuckets } from './bucket.js';
export { type CallPacing, pacedCall } from './paced-call.js';
export { QuotaLimiter, type QuotaLimiterOptions } from './quota-limiter.js';
export { RedisBuckets, type ScriptRunner } from './redis-buckets.js';
