import type pg from 'pg';
import { TENANT_SETTING } from '../../database/tenant-policy.js';
import type { WrappedKey } from '../key-ring.js';
import { isVaultWrappedSql, type PlacedKey } from '../keys/master-key-store.js';
import { contextOf, type SealedTable } from './sealed-table.js';

/** What takes connections of the application role. */
export interface ConnectionSource {
  connect(): Promise<pg.PoolClient>;
}

/** What envelopes should be wrapped with. */
export interface Target {
  readonly keyVersion: number;
  readonly isVault: boolean;
}

export interface VersionCount extends Target {
  readonly rows: number;
}

export interface SealedRow extends PlacedKey {
  readonly id: string;
}

/** Rows of one sealed table, for one organization or, with null, for a table of the installation. */
export class SealedRows {
  readonly #isVault: string;

  constructor(
    private readonly connections: ConnectionSource,
    readonly table: SealedTable,
    readonly organizationId: string | null,
  ) {
    this.#isVault = isVaultWrappedSql(`t."${table.wrappedColumn}"`);
  }

  /** How many envelopes each version wraps. */
  async versions(): Promise<VersionCount[]> {
    const { table, versionColumn } = this.table;
    return this.#transaction(async (client) => {
      const { rows } = await client.query<{ version: number; is_vault: boolean; rows: number }>(
        `select t."${versionColumn}" as version, ${this.#isVault} as is_vault, count(*)::int as rows
         from "${table}" t where ${this.#own('t')} group by 1, 2 order by 2, 1`,
        this.#values(),
      );
      return rows.map(({ version, is_vault: isVault, rows }) => ({
        keyVersion: version,
        isVault,
        rows,
      }));
    });
  }

  /** Rows after `after` (null: from the first) that are not wrapped with the target, in order of their key. */
  async stale(target: Target, after: string | null, limit: number): Promise<SealedRow[]> {
    const { table, id, place, versionColumn, wrappedColumn } = this.table;
    return this.#transaction(async (client) => {
      const { rows } = await client.query<Raw>(
        `select t."${id}" as id, t."${place}" as place, t."${versionColumn}" as version, t."${wrappedColumn}" as wrapped
         from "${table}" t
         where ${this.#own('t')} and ($2::uuid is null or t."${id}" > $2)
           and (t."${versionColumn}" <> $3 or ${this.#isVault} <> $4)
         order by t."${id}" limit $5`,
        [...this.#values(), after, target.keyVersion, target.isVault, limit],
      );
      return rows.map((row) => ({
        id: row.id,
        keyVersion: row.version,
        wrapped: row.wrapped,
        context: contextOf(this.table, this.organizationId, row.place),
      }));
    });
  }

  /** Writes the new keys of one batch in one transaction. A row that was sealed anew meanwhile is left as it is. */
  async replace(rows: readonly SealedRow[], keys: readonly WrappedKey[]): Promise<number> {
    const values = [
      ...this.#values(),
      rows.map(({ id }) => id),
      rows.map(({ wrapped }) => wrapped),
      keys.map(({ keyVersion }) => keyVersion),
      keys.map(({ wrapped }) => wrapped),
    ];
    const given =
      'unnest($2::uuid[], $3::bytea[], $4::int[], $5::bytea[]) as n(id, old, version, wrapped)';
    return this.#transaction(async (client) => {
      const sql = this.table.isUpdatable
        ? this.#update(given)
        : this.#copy(given, await this.#columns(client));
      return (await client.query(sql, values)).rowCount ?? 0;
    });
  }

  #update(given: string): string {
    const { table, versionColumn, wrappedColumn } = this.table;
    return `update "${table}" t set "${versionColumn}" = n.version, "${wrappedColumn}" = n.wrapped
            from ${given} where ${this.#same()}`;
  }

  /** One statement: the copy is read from what the deletion returns. */
  #copy(given: string, columns: readonly string[]): string {
    const { table, id, versionColumn, wrappedColumn } = this.table;
    const names = columns.map((name) => `"${name}"`).join(', ');
    const copied = columns.map((name) => {
      if (name === versionColumn) return 'n.version';
      return name === wrappedColumn ? 'n.wrapped' : `gone."${name}"`;
    });
    return `with n as (select * from ${given}),
            gone as (delete from "${table}" t using n where ${this.#same()} returning t.*)
            insert into "${table}" (${names})
            select ${copied.join(', ')} from gone join n on n.id = gone."${id}"`;
  }

  async #columns(client: pg.ClientBase): Promise<string[]> {
    const { rows } = await client.query<{ name: string }>(
      `select attname as name from pg_attribute
       where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`,
      [`"${this.table.table}"`],
    );
    return rows.map(({ name }) => name);
  }

  #same(): string {
    const { id, wrappedColumn } = this.table;
    return `${this.#own('t')} and t."${id}" = n.id and t."${wrappedColumn}" = n.old`;
  }

  /** `$1` is the organization in every statement; null for a table without. */
  #own(alias: string): string {
    return this.organizationId === null
      ? '$1::uuid is null'
      : `${alias}."organization_id" = $1::uuid`;
  }

  #values(): (string | null)[] {
    return [this.organizationId];
  }

  async #transaction<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await this.connections.connect();
    let broken: Error | undefined;
    try {
      await client.query('begin');
      await client.query('select set_config($1, $2, true)', [
        TENANT_SETTING,
        this.organizationId ?? '',
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
}

interface Raw {
  readonly id: string;
  readonly place: string;
  readonly version: number;
  readonly wrapped: Buffer;
}
