import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { RedisConnection } from './redis-connection.js';

export interface AttemptLimit {
  /** What is counted: `login/account`. */
  readonly name: string;
  /** Who is counted; hashed before it goes to Redis, so that no name or address rests there. */
  readonly who: readonly (string | null)[];
  readonly max: number;
  readonly windowSeconds: number;
}

/** Counts attempts for all processes of the installation together, in windows that begin with the first attempt. */
@Injectable()
export class AttemptLimiter {
  constructor(private readonly redis: RedisConnection) {}

  /**
   * Counts one attempt against every limit *before* it is made, so that parallel ones cannot slip through together.
   * Answers whether all limits allow it.
   */
  take(limits: readonly AttemptLimit[]): Promise<boolean> {
    return this.redis.run(async (client) => {
      const batch = client.multi();
      for (const limit of limits) {
        batch.set(keyOf(limit), 0, 'EX', limit.windowSeconds, 'NX').incr(keyOf(limit));
      }
      const replies = (await batch.exec()) ?? [];
      return limits.every((limit, index) => {
        const [error, count] = replies[index * 2 + 1] ?? [new Error('no reply'), null];
        if (error !== null) throw error;
        return Number(count) <= limit.max;
      });
    });
  }

  /** Takes back one attempt that turned out to be legitimate. */
  async giveBack(limits: readonly AttemptLimit[]): Promise<void> {
    await this.redis.run(async (client) => {
      const batch = client.multi();
      for (const limit of limits)
        batch.decr(keyOf(limit)).expire(keyOf(limit), limit.windowSeconds);
      await batch.exec();
    });
  }

  async forget(limit: AttemptLimit): Promise<void> {
    await this.redis.run((client) => client.del(keyOf(limit)));
  }
}

function keyOf(limit: AttemptLimit): string {
  const who = createHash('sha256').update(JSON.stringify(limit.who)).digest('base64url');
  return `attempts:${limit.name}:${who}`;
}
