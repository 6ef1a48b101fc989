import { randomUUIDv7 } from 'node:crypto';
import type { ClientBase } from 'pg';
import { copyRows, type CopyValue } from '../../core/database/index.js';
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
  'changed',
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
  const known = await knownHashes(client, input);
  await client.query(`
    create temporary table ${STAGE} (
      position int, id uuid, address text, changed boolean, provider text, resource_type text, resource_id text,
      name text, attributes text, content_hash text, location_file text, location_line int, account_id text,
      region text, namespace text
    ) on commit drop`);
  const declared = await copyRows(client, STAGE, COLUMNS, stagedRows(input, known));
  await client.query(`create index on ${STAGE} (address)`);
  await client.query(`analyze ${STAGE}`);
  // A source that declares an address twice keeps the later one, as the tools do.
  await client.query(
    `delete from ${STAGE} earlier using ${STAGE} later
     where later.address = earlier.address and later.position > earlier.position`,
  );
  const removed = await client.query(
    `delete from iac_resources r
     where r.organization_id = $1 and r.source_id = $2
       and not exists (select 1 from ${STAGE} s where s.address = r.address)`,
    [input.organizationId, input.sourceId],
  );
  const changed = await client.query(UPSERT, [
    input.organizationId,
    input.environmentId,
    input.sourceId,
  ]);
  await client.query(`drop table ${STAGE}`);
  return { declared, changed: changed.rowCount ?? 0, removed: removed.rowCount ?? 0 };
}

const UPSERT = `
  insert into iac_resources (
    organization_id, id, environment_id, source_id, address, provider, resource_type, resource_id, name, attributes,
    content_hash, location_file, location_line, account_id, region, namespace
  )
  select $1, s.id, $2, $3, s.address, s.provider, s.resource_type, s.resource_id, s.name, s.attributes,
    s.content_hash, s.location_file, s.location_line, s.account_id, s.region, s.namespace
  from ${STAGE} s
  where s.changed
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

async function knownHashes(
  client: ClientBase,
  { organizationId, sourceId }: StoreResourcesInput,
): Promise<Map<string, string>> {
  const { rows } = await client.query<[string, string]>({
    text: 'select address, content_hash from iac_resources where organization_id = $1 and source_id = $2',
    values: [organizationId, sourceId],
    rowMode: 'array',
  });
  return new Map(rows);
}

async function* stagedRows(
  { resources, masker, hashText }: StoreResourcesInput,
  known: ReadonlyMap<string, string>,
): AsyncGenerator<readonly CopyValue[]> {
  let position = 0;
  for await (const resource of resources) {
    const body = resource.contentHash ?? hashText(JSON.stringify(resource.attributes));
    // Facts beside the raw bytes (a moved line, a scope from the context) make a new row too.
    const facts = hashText(JSON.stringify([resource.location, resource.scope, resource.id]));
    const hash = `${STORED_SHAPE}:${body}:${facts}`;
    const changed = known.get(resource.address) !== hash;
    position += 1;
    yield [
      position,
      randomUUIDv7(),
      resource.address,
      changed,
      resource.provider,
      resource.type,
      resource.id,
      resource.name,
      changed ? storedAttributes(resource, masker) : null,
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
