import { randomUUIDv7 } from 'node:crypto';
import type { ClientBase } from 'pg';
import { copyRows, type CopyValue } from '../../core/database/index.js';
import { StoredRows } from './stored-rows.js';
import type { ValueMasker } from '../../core/privacy/index.js';
import type { DeclaredResource } from '../../core/providers/index.js';

export interface StoredResources {
  readonly declared: number;
  readonly changed: number;
  readonly removed: number;
}

export interface StoreResourcesInput {
  readonly organizationId: string;
  readonly environmentId: string;
  readonly sourceId: string;
  /** Addresses are unique. Consumed once, as they come. */
  readonly resources: Iterable<DeclaredResource> | AsyncIterable<DeclaredResource>;
  readonly masker: ValueMasker;
  readonly hashText: (text: string) => string;
}

/** Part of every content hash: raise it when masking or the stored shape changes, and all rows are written anew. */
const STORED_SHAPE = 1;
const STAGE = 'stage_iac_resources';
const COLUMNS = [
  'position',
  'id',
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

/**
 * Makes a source's rows in `iac_resources` what its documents declare now. Runs inside the caller's transaction as the
 * application role. Resources whose raw bytes are those of the last time are neither masked nor rewritten.
 */
export async function storeResources(
  client: ClientBase,
  input: StoreResourcesInput,
): Promise<StoredResources> {
  const known = await StoredRows.read(client, input);
  await client.query(`
    create temporary table ${STAGE} (
      position int, id uuid, address text, provider text, resource_type text, resource_id text,
      name text, attributes text, content_hash text, location_file text, location_line int, account_id text,
      region text, namespace text
    ) on commit drop`);
  const staged = await copyRows(client, STAGE, COLUMNS, changedRows(input, known));
  const removed = await removeUnseen(client, input, known);
  const changed = staged === 0 ? 0 : await writeStaged(client, input, known);
  await client.query(`drop table ${STAGE}`);
  return { declared: known.looked, changed, removed };
}

async function writeStaged(
  client: ClientBase,
  { organizationId, environmentId, sourceId }: StoreResourcesInput,
  known: StoredRows,
): Promise<number> {
  // A source that declares an address twice keeps the later one, as the tools do.
  if (known.repeated) {
    await client.query(`create index on ${STAGE} (address)`);
    await client.query(`analyze ${STAGE}`);
    await client.query(
      `delete from ${STAGE} earlier using ${STAGE} later
       where later.address = earlier.address and later.position > earlier.position`,
    );
  }
  const { rowCount } = await client.query(UPSERT, [organizationId, environmentId, sourceId]);
  return rowCount ?? 0;
}

/** Only when some row was not looked at is it worth asking which. */
async function removeUnseen(
  client: ClientBase,
  { organizationId, sourceId }: StoreResourcesInput,
  known: StoredRows,
): Promise<number> {
  if (known.allSeen) return 0;
  let removed = 0;
  for await (const addresses of known.unseen(client, { organizationId, sourceId })) {
    const { rowCount } = await client.query(
      `delete from iac_resources r using unnest($3::text[]) as gone (address)
       where r.organization_id = $1 and r.source_id = $2 and r.address = gone.address`,
      [organizationId, sourceId, addresses],
    );
    removed += rowCount ?? 0;
  }
  return removed;
}

const UPSERT = `
  insert into iac_resources (
    organization_id, id, environment_id, source_id, address, provider, resource_type, resource_id, name, attributes,
    content_hash, location_file, location_line, account_id, region, namespace
  )
  select $1, s.id, $2, $3, s.address, s.provider, s.resource_type, s.resource_id, s.name, s.attributes,
    s.content_hash, s.location_file, s.location_line, s.account_id, s.region, s.namespace
  from ${STAGE} s
  on conflict (organization_id, source_id, address) do update set
    provider = excluded.provider,
    resource_type = excluded.resource_type,
    resource_id = excluded.resource_id,
    name = excluded.name,
    attributes = excluded.attributes,
    content_hash = excluded.content_hash,
    location_file = excluded.location_file,
    location_line = excluded.location_line,
    account_id = excluded.account_id,
    region = excluded.region,
    namespace = excluded.namespace,
    updated_at = now()`;

async function* changedRows(
  { resources, masker, hashText }: StoreResourcesInput,
  known: StoredRows,
): AsyncGenerator<readonly CopyValue[]> {
  let position = 0;
  for await (const resource of resources) {
    const body = resource.contentHash ?? hashText(JSON.stringify(resource.attributes));
    // Facts beside the raw bytes (a moved line, a scope from the context) make a new row too.
    const facts = hashText(JSON.stringify([resource.location, resource.scope, resource.id]));
    const hash = `${STORED_SHAPE}:${body}:${facts}`;
    if (known.look(resource.address, hash)) continue;
    position += 1;
    yield [
      position,
      randomUUIDv7(),
      resource.address,
      resource.provider,
      resource.type,
      resource.id,
      resource.name,
      storedAttributes(resource, masker),
      hash,
      resource.location.file,
      resource.location.line,
      resource.scope.accountId,
      resource.scope.region,
      resource.scope.namespace,
    ];
  }
}

function storedAttributes(resource: DeclaredResource, masker: ValueMasker): string {
  return JSON.stringify(
    masker.maskObject(resource.attributes, {
      paths: resource.sensitivePaths,
      type: resource.type,
    }),
  );
}
