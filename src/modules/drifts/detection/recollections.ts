import type { ClientBase } from 'pg';
import { copyRows, type CopyValue } from '../../../core/database/index.js';

/** `outcome`: what became of a pair. `element`: what a piece of a state holds. */
export const RECOLLECTION_KINDS = ['outcome', 'element'] as const;
export type RecollectionKind = (typeof RECOLLECTION_KINDS)[number];

export interface Recollection {
  readonly kind: RecollectionKind;
  readonly key: string;
  readonly value: string;
}

interface Place {
  readonly organizationId: string;
  readonly environmentId: string;
}

const BATCH = 2000;
const STAGE = 'stage_recollections';

/** Piece by piece through a cursor, inside the caller's transaction. */
export async function* readRecollections(
  client: ClientBase,
  { organizationId, environmentId }: Place,
): AsyncGenerator<Recollection> {
  await client.query(
    `declare recollections no scroll cursor for
       select kind, key, value from scan_recollections where organization_id = $1 and environment_id = $2`,
    [organizationId, environmentId],
  );
  for (;;) {
    const { rows } = await client.query<Recollection>(`fetch ${BATCH} from recollections`);
    yield* rows;
    if (rows.length < BATCH) break;
  }
  await client.query('close recollections');
}

export async function readDifferences(
  client: ClientBase,
  { organizationId, environmentId }: Place,
): Promise<Map<string, string>> {
  const { rows } = await client.query<[string, string]>({
    text: `select fingerprint, differences_hash from drift_events where organization_id = $1 and environment_id = $2`,
    values: [organizationId, environmentId],
    rowMode: 'array',
  });
  return new Map(rows);
}

export interface RecollectionChanges {
  readonly fresh: Readonly<
    Record<RecollectionKind, Iterable<readonly [key: string, value: string]>>
  >;
  readonly stale: Readonly<Record<RecollectionKind, readonly string[]>>;
}

/** Only what changed is written: a scan of an unchanged estate writes nothing. */
export async function saveRecollections(
  client: ClientBase,
  { organizationId, environmentId }: Place,
  { fresh, stale }: RecollectionChanges,
): Promise<void> {
  const place = [organizationId, environmentId];
  for (const kind of RECOLLECTION_KINDS) {
    if (stale[kind].length === 0) continue;
    await client.query(
      `delete from scan_recollections r using unnest($4::text[]) as stale (key)
       where r.organization_id = $1 and r.environment_id = $2 and r.kind = $3 and r.key = stale.key`,
      [...place, kind, stale[kind]],
    );
  }
  await client.query(
    `create temporary table ${STAGE} (kind text, key text, value text) on commit drop`,
  );
  const rows = await copyRows(client, STAGE, ['kind', 'key', 'value'], freshRows(fresh));
  if (rows === 0) return;
  await client.query(
    `insert into scan_recollections (organization_id, id, environment_id, kind, key, value)
     select distinct on (kind, key) $1::uuid, gen_random_uuid(), $2::uuid, kind, key, value from ${STAGE}
     on conflict (organization_id, environment_id, kind, key) do update set value = excluded.value`,
    place,
  );
}

function* freshRows(fresh: RecollectionChanges['fresh']): Generator<readonly CopyValue[]> {
  for (const kind of RECOLLECTION_KINDS) {
    for (const [key, value] of fresh[kind]) yield [kind, key, value];
  }
}
