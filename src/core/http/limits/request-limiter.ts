import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { RedisConnection } from '../../redis/index.js';

export interface RequestLimit {
  /** As it stands in the RateLimit headers: `address`. */
  readonly name: string;
  /** Who is counted; hashed before it goes to Redis. */
  readonly who: string;
  /** So many requests may come at once; they come back evenly over a minute. */
  readonly perMinute: number;
}

export interface LimitState {
  readonly allowed: boolean;
  readonly remaining: number;
  /** Until everything is available again. */
  readonly resetSeconds: number;
  /** Until the next request would be allowed; 0 when this one was. */
  readonly retrySeconds: number;
}

const WINDOW_MS = 60_000;

/**
 * Generic cell rate algorithm: one number per key, the time at which the bucket would be full again. Redis' own clock, so that
 * processes need not agree about the time.
 */
const TAKE = `
local now = redis.call('TIME')
now = now[1] * 1000 + math.floor(now[2] / 1000)
local window, interval = tonumber(ARGV[1]), tonumber(ARGV[2])
local full = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now)
local after = full + interval
if after - window > now then return {0, 0, math.ceil(full - now), math.ceil(after - window - now)} end
redis.call('SET', KEYS[1], string.format('%.3f', after), 'PX', math.ceil(after - now))
return {1, math.floor((window - (after - now)) / interval), math.ceil(after - now), 0}`;

/** Counts requests over all processes of the installation. */
@Injectable()
export class RequestLimiter {
  constructor(private readonly redis: RedisConnection) {}

  /** @throws DomainError `REDIS.UNAVAILABLE` */
  async take(limit: RequestLimit): Promise<LimitState> {
    const who = createHash('sha256').update(limit.who).digest('base64url');
    const interval = WINDOW_MS / limit.perMinute;
    const reply = await this.redis.run((client) =>
      client.eval(TAKE, 1, `limits:${limit.name}:${who}`, WINDOW_MS, interval),
    );
    const [allowed, remaining, reset, retry] = (reply as unknown[]).map(Number);
    return {
      allowed: allowed === 1,
      remaining: remaining ?? 0,
      resetSeconds: Math.ceil((reset ?? 0) / 1000),
      retrySeconds: Math.ceil((retry ?? 0) / 1000),
    };
  }
}
