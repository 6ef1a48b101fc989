import type { ClientBase } from 'pg';

const BATCH = 2000;
let cursors = 0;

/**
 * Rows of a large answer as they come, each as an array of its columns, so that memory does not grow with their number. Inside the
 * caller's transaction, on whose connection nothing stands in the way of other statements between two rows.
 */
export async function* cursorRows<Row extends readonly unknown[]>(
  client: ClientBase,
  sql: string,
  values: readonly unknown[],
): AsyncGenerator<Row, void> {
  cursors += 1;
  const name = `rows_${cursors}`;
  await client.query(`declare ${name} no scroll cursor for ${sql}`, [...values]);
  for (;;) {
    const { rows } = await client.query<Row & unknown[]>({
      text: `fetch ${BATCH} from ${name}`,
      rowMode: 'array',
    });
    yield* rows;
    if (rows.length < BATCH) break;
  }
  await client.query(`close ${name}`);
}
