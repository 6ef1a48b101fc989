import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { Config } from '../config/index.js';
import { DomainError } from '../errors/index.js';
import { Logger } from '../logging/index.js';

/** A request must not wait for a Redis that does not answer. */
const PATIENCE_MS = 2000;

/**
 * Redis for what several processes share and may forget: counters and short-lived marks. Keys get the prefix of the
 * installation; whoever uses it puts the organization into the key where there is one.
 */
@Injectable()
export class RedisConnection implements OnApplicationShutdown {
  readonly #client: Redis;
  #broken = false;

  constructor(config: Config, logger: Logger) {
    this.#client = new Redis(config.get('REDIS_URL'), {
      keyPrefix: `${config.get('QUEUE_PREFIX')}:`,
      // A process that never counts anything needs no connection.
      lazyConnect: true,
      connectTimeout: PATIENCE_MS,
      commandTimeout: PATIENCE_MS,
      maxRetriesPerRequest: 1,
    });
    this.#client.on('error', (error: Error) => {
      if (!this.#broken) logger.write('error', 'Redis does not answer', { error });
      this.#broken = true;
    });
    this.#client.on('ready', () => {
      this.#broken = false;
    });
  }

  /** @throws DomainError `REDIS.UNAVAILABLE` when Redis does not answer in time. */
  async run<T>(work: (client: Redis) => Promise<T>): Promise<T> {
    try {
      return await work(this.#client);
    } catch (cause) {
      throw new DomainError({
        code: 'REDIS.UNAVAILABLE',
        kind: 'unavailable',
        logLevel: 'error',
        message: 'A part of the service does not answer; try again later.',
        cause,
      });
    }
  }

  onApplicationShutdown(): void {
    this.#client.disconnect();
  }
}
