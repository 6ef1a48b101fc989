import type { BucketRate, BucketStore } from './bucket.js';

/** What is needed of a Redis client. */
export interface ScriptRunner {
  eval(script: string, keys: readonly string[], values: readonly number[]): Promise<unknown>;
}

/** `takeAt` and `drainAt` by the clock of Redis, which all workers share. ARGV: interval, burst, milliseconds to drain for or -1. */
const SCRIPT = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local full_at = tonumber(redis.call('GET', KEYS[1]) or '0')
local interval, burst, drain = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local wait = math.max(0, full_at - now - (burst - 1) * interval)
if drain >= 0 then
  full_at = math.max(full_at, now + drain + (burst - 1) * interval)
else
  full_at = math.max(full_at, now) + interval
end
redis.call('SET', KEYS[1], string.format('%.3f', full_at), 'PX', math.ceil(full_at - now) + 1000)
return math.ceil(wait)
`;

/** Buckets of all workers. */
export class RedisBuckets implements BucketStore {
  constructor(private readonly redis: ScriptRunner) {}

  async take(bucket: string, rate: BucketRate): Promise<number> {
    return Number(await this.run(bucket, rate, -1));
  }

  async drain(bucket: string, rate: BucketRate, milliseconds: number): Promise<void> {
    await this.run(bucket, rate, milliseconds);
  }

  private run(bucket: string, { intervalMs, burst }: BucketRate, drain: number): Promise<unknown> {
    return this.redis.eval(SCRIPT, [`quota:${bucket}`], [intervalMs, burst, Math.ceil(drain)]);
  }
}
