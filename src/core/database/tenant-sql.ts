import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type pg from 'pg';
import { Config } from '../config/index.js';
import type { TenantContext } from '../context/index.js';
import { Logger } from '../logging/index.js';
import { sessionOptions } from './connection-options.js';
import { DATABASE_CREDENTIALS, type DatabaseCredentials } from './database-credentials.js';
import { RotatingPool } from './rotating-pool.js';
import { TENANT_SETTING } from './tenant-policy.js';

const SET_TENANT = { name: 'set-tenant', text: 'select set_config($1, $2, false)' };

/**
 * SQL past the object mapper, for hot lists and bulk loading. Row-level security binds it like everything else;
 * write `organization_id` into every statement all the same, it is what the indexes lead with.
 */
@Injectable()
export class TenantSql implements OnApplicationShutdown {
  readonly #lists: RotatingPool;
  readonly #bulk: RotatingPool;

  constructor(
    config: Config,
    logger: Logger,
    @Inject(DATABASE_CREDENTIALS) credentials: DatabaseCredentials,
  ) {
    const options = { ...sessionOptions(config), max: config.get('DB_POOL_MAX') };
    // Pipelined: the tenant and the query travel in one message.
    const lists = { ...options, pipeline: true };
    this.#lists = new RotatingPool('application', credentials, lists, logger);
    this.#bulk = new RotatingPool('application', credentials, options, logger);
  }

  /** One reading statement, one round trip. `values` are bound, never spliced. */
  read<Row extends pg.QueryResultRow>(
    context: TenantContext,
    sql: string,
    values: readonly unknown[] = [],
  ): Promise<Row[]> {
    return this.#one<Row>(context, sql, values);
  }

  /** One writing statement that is a transaction of its own; answers what it returns. */
  write<Row extends pg.QueryResultRow>(
    context: TenantContext,
    sql: string,
    values: readonly unknown[] = [],
  ): Promise<Row[]> {
    return this.#one<Row>(context, sql, values);
  }

  async #one<Row extends pg.QueryResultRow>(
    context: TenantContext,
    sql: string,
    values: readonly unknown[],
  ): Promise<Row[]> {
    const client = await this.#lists.connect();
    let broken: Error | undefined;
    try {
      const bound = client.query({
        ...SET_TENANT,
        values: [TENANT_SETTING, context.organizationId],
      });
      const answer = client.query<Row>(sql, [...values]);
      // Both must be waited for, whatever fails: the connection is not free before.
      const [first, second] = await Promise.allSettled([bound, answer]);
      if (first.status === 'rejected') {
        // Which tenant the statement ran for is unknown: its answer is not used, nor is the connection again.
        broken = first.reason instanceof Error ? first.reason : new Error('set_config failed');
        throw broken;
      }
      if (second.status === 'rejected') throw second.reason;
      return second.value.rows;
    } finally {
      client.release(broken);
    }
  }

  /**
   * One transaction on a connection of its own, for COPY and set-based statements. Rolled back when `work` throws.
   * No call to a cloud, to HTTP or to Redis in here.
   */
  async transaction<T>(
    context: TenantContext,
    work: (client: pg.PoolClient) => Promise<T>,
  ): Promise<T> {
    const client = await this.#bulk.connect();
    let broken: Error | undefined;
    try {
      await client.query('begin');
      await client.query('select set_config($1, $2, true)', [
        TENANT_SETTING,
        context.organizationId,
      ]);
      const result = await work(client);
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch((failure: unknown) => {
        broken = failure instanceof Error ? failure : new Error('rollback failed');
      });
      throw error;
    } finally {
      client.release(broken);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.#lists.end(), this.#bulk.end()]);
  }
}
