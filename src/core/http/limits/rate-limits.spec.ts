import { describe, expect, it } from '@jest/globals';
import type { FastifyReply } from 'fastify';
import { parseConfig } from '../../config/index.js';
import { DomainError } from '../../errors/index.js';
import { Logger } from '../../logging/index.js';
import type { RedisConnection } from '../../redis/index.js';
import { networkOf, RateLimits } from './rate-limits.js';
import { RequestLimiter } from './request-limiter.js';

describe('rate limits', () => {
  it('do not take the API down together with Redis, and say so in the log', async () => {
    const lines: string[] = [];
    const logger = new Logger({
      level: 'info',
      destination: { write: (line) => void lines.push(line) },
    });
    const redis = {
      run: () =>
        Promise.reject(
          new DomainError({ code: 'REDIS.UNAVAILABLE', kind: 'unavailable', message: 'down' }),
        ),
    } as unknown as RedisConnection;
    const config = parseConfig({ NODE_ENV: 'testing' });
    const limits = new RateLimits(config, new RequestLimiter(redis), logger);
    const headers = new Map<string, unknown>();
    const reply = {
      getHeader: (name: string) => headers.get(name),
      header: (name: string, value: unknown) => headers.set(name, value),
    } as unknown as FastifyReply;
    await limits.takeOfAddress('192.0.2.1', reply);
    expect([...headers]).toEqual([]);
    expect(lines.join('')).toContain('requests are not limited');
  });

  it('count an IPv4 address by itself, also when it is mapped, and an IPv6 one by its network', () => {
    expect(networkOf('192.0.2.1')).toBe('192.0.2.1');
    expect(networkOf('::ffff:192.0.2.1')).toBe('192.0.2.1');
    expect(networkOf('2001:db8:0:1::1')).toBe(networkOf('2001:db8:0:1:ffff::2'));
    expect(networkOf('2001:db8:0:1::1')).not.toBe(networkOf('2001:db8:0:2::1'));
  });
});
