import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type pg from 'pg';
import { Config } from '../config/index.js';
import { Logger } from '../logging/index.js';
import { DATABASE_CREDENTIALS, type DatabaseCredentials } from './database-credentials.js';
import { RotatingPool } from './rotating-pool.js';
import { sessionOptions } from './connection-options.js';

const MAX_CONNECTIONS = 2;

/**
 * SQL as the system role, across tenants: only the columns that migrations granted it (`systemColumns`), for the
 * scheduler, retention and the login lookup. Never for anything a user asked to see.
 */
@Injectable()
export class SystemSql implements OnApplicationShutdown {
  readonly #pool: RotatingPool;

  constructor(
    config: Config,
    logger: Logger,
    @Inject(DATABASE_CREDENTIALS) credentials: DatabaseCredentials,
  ) {
    const options = { ...sessionOptions(config), max: MAX_CONNECTIONS };
    this.#pool = new RotatingPool('system', credentials, options, logger);
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
