import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { Config } from '../config/index.js';
import { Logger } from '../logging/index.js';
import { connectionOptions } from './connection-options.js';

const MAX_CONNECTIONS = 2;

/**
 * SQL as the system role, across tenants: only the columns that migrations granted it (`systemColumns`), for the
 * scheduler, retention and the login lookup. Never for anything a user asked to see.
 */
@Injectable()
export class SystemSql implements OnApplicationShutdown {
  readonly #pool: pg.Pool;

  constructor(config: Config, logger: Logger) {
    this.#pool = new pg.Pool({
      ...connectionOptions(config, {
        user: config.get('DB_SYSTEM_USER'),
        password: config.get('DB_SYSTEM_PASSWORD'),
      }),
      max: MAX_CONNECTIONS,
    });
    this.#pool.on('error', (error) =>
      logger.write('warn', 'an idle PostgreSQL connection broke', { error }),
    );
  }

  async query<Row extends pg.QueryResultRow>(
    sql: string,
    values: readonly unknown[] = [],
  ): Promise<Row[]> {
    return (await this.#pool.query<Row>(sql, [...values])).rows;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#pool.end();
  }
}
