import type { ClientBase } from 'pg';
import { copyRows, type CopyValue, cursorRows } from '../../../core/database/index.js';
import { StoredDifferences } from './stored-differences.js';

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

/** Inside the caller's transaction. */
export async function* readRecollections(
  client: ClientBase,
  { organizationId, environmentId }: Place,
): AsyncGenerator<Recollection> {
  const rows = cursorRows<readonly [RecollectionKind, string, string]>(
    client,
    'select kind, key, value from scan_recollections where organization_id = $1 and environment_id = $2',
    [organizationId, environmentId],
  );
  for await (const [kind, key, value] of rows) yield { kind, key, value };
}

/** Stored drifts and what each of them said. */
export async function readDifferences(
  client: ClientBase,
  { organizationId, environmentId }: Place,
): Promise<StoredDifferences> {
  const stored = new StoredDifferences();
  const rows = cursorRows<readonly [fingerprint: string, hash: string]>(
    client,
    'select fingerprint, differences_hash from drift_events where organization_id = $1 and environment_id = $2',
    [organizationId, environmentId],
  );
  for await (const [fingerprint, hash] of rows) stored.add(fingerprint, hash);
  return stored;
}

export interface RecollectionChanges {
  readonly fresh: Readonly<
    Record<RecollectionKind, Iterable<readonly [key: string, value: string]>>
  >;
  readonly stale: Readonly<Record<RecollectionKind, Iterable<string>>>;
}

/** Only what changed is written: a scan of an unchanged estate writes nothing. */
export async function saveRecollections(
  client: ClientBase,
  { organizationId, environmentId }: Place,
  { fresh, stale }: RecollectionChanges,
): Promise<void> {
  const place = [organizationId, environmentId];
  for (const kind of RECOLLECTION_KINDS) {
    for (const keys of batches(stale[kind]))
      await client.query(
        `delete from scan_recollections r using unnest($4::text[]) as stale (key)
         where r.organization_id = $1 and r.environment_id = $2 and r.kind = $3 and r.key = stale.key`,
        [...place, kind, keys],
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

function* batches(keys: Iterable<string>): Generator<readonly string[]> {
  let batch: string[] = [];
  for (const key of keys) {
    batch.push(key);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
