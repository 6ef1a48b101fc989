import pg from 'pg';
import type { Logger } from '../logging/index.js';
import type { Credentials, DatabaseCredentials, DatabaseLogin } from './database-credentials.js';

/** A pool of one login, and how many use it or wait for it. */
interface Generation {
  readonly credentials: Credentials;
  readonly pool: pg.Pool;
  users: number;
  isRetired: boolean;
}

/** How often a checkout may be turned away with credentials that were revoked meanwhile. */
const ATTEMPTS = 3;
/** invalid_authorization_specification, invalid_password. */
const LOGIN_REFUSED = new Set(['28000', '28P01']);
/** undefined_object: `current_user` has no name any more, its role was dropped. Also 42501, when only its rights were taken. */
const ROLE_GONE = new Set(['42704', '42501']);

/**
 * A connection pool whose login may change: a new pool takes over at once, the old one is closed when the last of its
 * connections came back. Nobody waits and no statement is cut off.
 */
export class RotatingPool {
  #current: Promise<Generation> | null = null;
  readonly #draining = new Set<Promise<void>>();
  #isEnded = false;

  constructor(
    private readonly login: DatabaseLogin,
    private readonly credentials: DatabaseCredentials,
    readonly options: pg.PoolConfig,
    private readonly logger: Logger,
  ) {
    credentials.onReplaced((replaced) => {
      if (replaced === login && this.#current !== null) void this.#replace(this.#current);
    });
  }

  /** Give it back with `release()`, or `release(error)` when it is not to be used again. */
  async connect(): Promise<pg.PoolClient> {
    for (let attempt = 1; ; attempt += 1) {
      const opening = this.#opened();
      const generation = await opening;
      try {
        return await this.#checkOut(generation);
      } catch (error) {
        if (attempt === ATTEMPTS || !this.credentials.areLeased || !isRefusal(error)) throw error;
        await this.credentials.refused(this.login, generation.credentials);
        await this.#replace(opening);
      }
    }
  }

  async query<Row extends pg.QueryResultRow>(
    sql: string,
    values: readonly unknown[] = [],
  ): Promise<pg.QueryResult<Row>> {
    const client = await this.connect();
    let broken: Error | undefined;
    try {
      return await client.query<Row>(sql, [...values]);
    } catch (error) {
      // As pg's own pool does it: whether the connection is still good is not known.
      broken = error instanceof Error ? error : new Error('the statement failed');
      throw error;
    } finally {
      client.release(broken);
    }
  }

  /** Resolves when every connection is closed; those in use are waited for. */
  async end(): Promise<void> {
    if (this.#isEnded) return;
    this.#isEnded = true;
    if (this.#current !== null) {
      const generation = await this.#current.catch(() => null);
      if (generation !== null) this.#retire(generation);
    }
    await Promise.all(this.#draining);
  }

  async #opened(): Promise<Generation> {
    if (this.#isEnded) throw new Error('the connection pool is closed');
    this.#current ??= this.#open();
    const opening = this.#current;
    try {
      return await opening;
    } catch (error) {
      if (this.#current === opening) this.#current = null;
      throw error;
    }
  }

  async #open(): Promise<Generation> {
    const credentials = await this.credentials.current(this.login);
    const pool = new pg.Pool({ ...this.options, ...credentials });
    const onError = (error: Error): void =>
      this.logger.write('warn', 'a PostgreSQL connection broke', { error });
    // Both would end the process without a listener; the statement under way fails on its own.
    pool.on('error', onError);
    pool.on('connect', (client) => client.on('error', onError));
    return { credentials, pool, users: 0, isRetired: false };
  }

  /** Another pool from now on, unless somebody was faster. */
  async #replace(opening: Promise<Generation>): Promise<void> {
    const former = await opening.catch(() => null);
    const now = await this.credentials.current(this.login).catch(() => null);
    const isNews = former !== null && now !== null && now.user !== former.credentials.user;
    if (!isNews || this.#isEnded || former.isRetired) return;
    this.#current = this.#open();
    this.#retire(former);
    this.logger.write('info', 'the database login was replaced', { login: this.login });
  }

  #retire(generation: Generation): void {
    if (generation.isRetired) return;
    generation.isRetired = true;
    this.#closeUnused(generation);
  }

  /** A pg pool that is ended would leave those who wait for a connection waiting for good. */
  #closeUnused(generation: Generation): void {
    if (!generation.isRetired || generation.users > 0) return;
    const closing = generation.pool.end().finally(() => this.#draining.delete(closing));
    this.#draining.add(closing);
  }

  async #checkOut(generation: Generation): Promise<pg.PoolClient> {
    generation.users += 1;
    const leave = (): void => {
      generation.users -= 1;
      this.#closeUnused(generation);
    };
    let client: pg.PoolClient;
    try {
      client = await generation.pool.connect();
    } catch (error) {
      leave();
      throw error;
    }
    // Assigned anew by pg at every checkout.
    const release = client.release.bind(client);
    client.release = (error?: Error | boolean) => {
      release(error);
      leave();
    };
    if (this.credentials.areLeased) await verified(client);
    return client;
  }
}

/** A session outlives its role; only asking shows that the role was dropped. */
async function verified(client: pg.PoolClient): Promise<void> {
  try {
    await client.query('select current_user');
  } catch (error) {
    client.release(error instanceof Error ? error : true);
    throw error;
  }
}

function isRefusal(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return LOGIN_REFUSED.has(code) || ROLE_GONE.has(code);
}
