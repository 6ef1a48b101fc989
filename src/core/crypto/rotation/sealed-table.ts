/** Where envelopes rest: one per row, as a version and a wrapped data key. Names are ours, never input. */
export interface SealedTable {
  readonly table: string;
  /** Whether rows belong to an organization; else the table is the installation's. */
  readonly isTenants: boolean;
  /** The column that, with the organization, is the key of a row. */
  readonly id: string;
  /** The column that ends the context its envelopes are bound to: `<organization>/<table>/<place>`. */
  readonly place: string;
  readonly versionColumn: string;
  readonly wrappedColumn: string;
  /** Whether rows may be updated; else a row is replaced by a copy. */
  readonly isUpdatable: boolean;
}

/** A tenant's table with the usual columns. */
export function sealedTable(
  table: string,
  options: Partial<Omit<SealedTable, 'table'>> = {},
): SealedTable {
  return {
    table,
    isTenants: true,
    id: 'id',
    place: 'id',
    versionColumn: 'key_version',
    wrappedColumn: 'wrapped_key',
    isUpdatable: true,
    ...options,
  };
}

/** What `EnvelopeCipher` was given when the row was sealed. */
export function contextOf(
  table: SealedTable,
  organizationId: string | null,
  place: string,
): string {
  return organizationId === null
    ? `${table.table}/${place}`
    : `${organizationId}/${table.table}/${place}`;
}
