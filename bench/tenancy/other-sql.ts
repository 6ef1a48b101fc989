// The statements of the product on connections that do not bind a tenant at every use.
import pg from 'pg';
import type { Config } from '../../src/core/config/index.js';
import type { TenantContext } from '../../src/core/context/index.js';
import { ConfiguredCredentials, TenantSql } from '../../src/core/database/index.js';
import { Logger } from '../../src/core/logging/index.js';

export interface Login {
  readonly user: string | undefined;
  readonly password: string | undefined;
  /** Sent once, when a connection is opened: `-c name=value`. */
  readonly options?: string;
}

export class OtherSql extends TenantSql {
  readonly #pool: pg.Pool;

  constructor(config: Config, { user, password, options }: Login) {
    super(config, Logger.fromConfig(config), new ConfiguredCredentials(config));
    this.#pool = new pg.Pool({
      host: config.get('DB_HOST'),
      port: config.get('DB_PORT'),
      database: config.get('DB_NAME'),
      max: config.get('DB_POOL_MAX'),
      ...{ user, password, options },
    });
  }

  override async read<Row extends pg.QueryResultRow>(
    _context: TenantContext,
    sql: string,
    values: readonly unknown[] = [],
  ): Promise<Row[]> {
    const client = await this.#pool.connect();
    try {
      return (await client.query<Row>(sql, [...values])).rows;
    } finally {
      client.release();
    }
  }

  override async onApplicationShutdown(): Promise<void> {
    await Promise.all([super.onApplicationShutdown(), this.#pool.end()]);
  }
}
