// The peers: the same rows, already masked and spelled out, into a plain table without index, key or policy.
import type pg from 'pg';
import { copyRows, type CopyValue } from '../../src/core/database/index.js';

const TABLE = 'bench_resources';
const COLUMNS = [
  'organization_id',
  'id',
  'environment_id',
  'source_id',
  'address',
  'provider',
  'resource_type',
  'resource_id',
  'name',
  'attributes',
  'content_hash',
  'location_file',
  'location_line',
  'account_id',
  'region',
  'namespace',
] as const;
/** Parameters of one statement are counted in 16 bits. */
const ROWS_PER_INSERT = 1000;

export type PlainRow = readonly CopyValue[];

/** What the product stored, read back. */
export async function readStoredRows(owner: pg.Client): Promise<PlainRow[]> {
  const { rows } = await owner.query<CopyValue[]>({
    text: `select ${COLUMNS.join(', ')} from iac_resources`,
    rowMode: 'array',
  });
  return rows;
}

export async function emptyPlainTable(owner: pg.Client): Promise<void> {
  await owner.query(`drop table if exists ${TABLE}`);
  await owner.query(
    `create table ${TABLE} as select ${COLUMNS.join(', ')} from iac_resources with no data`,
  );
}

export async function copyPlain(owner: pg.Client, rows: readonly PlainRow[]): Promise<void> {
  await copyRows(owner, TABLE, COLUMNS, rows);
}

export async function insertPlain(owner: pg.Client, rows: readonly PlainRow[]): Promise<void> {
  await owner.query('begin');
  for (let start = 0; start < rows.length; start += ROWS_PER_INSERT) {
    const batch = rows.slice(start, start + ROWS_PER_INSERT);
    const tuples = batch.map(
      (_, row) =>
        `(${COLUMNS.map((__, column) => `$${row * COLUMNS.length + column + 1}`).join(',')})`,
    );
    await owner.query(
      `insert into ${TABLE} (${COLUMNS.join(', ')}) values ${tuples.join(',')}`,
      batch.flat(),
    );
  }
  await owner.query('commit');
}
