// npm run bench:ingest: a state into PostgreSQL by the product's own path, beside plain COPY and INSERT of the same rows.
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { TenantHasher } from '../src/core/crypto/index.js';
import { ValueMasker } from '../src/core/privacy/index.js';
import type { DeclaredResource, SourceDocument } from '../src/core/providers/index.js';
import { loadContentHasher } from '../src/modules/iac/parsers/bytes/content-hash.js';
import { parseDocument } from '../src/modules/iac/parsers/parse-document.js';
import { storeResources } from '../src/modules/iac/store-resources.js';
import { stateChunks } from './generate-state.js';
import { startBenchDatabase } from './ingest/bench-database.js';
import { copyPlain, emptyPlainTable, insertPlain, readStoredRows } from './ingest/plain-rows.js';
import { numberOption, printTable, say } from './table.js';

const COUNT = numberOption('resources', 100_000);
const ROUNDS = numberOption('rounds', 3);

const chunks = [...stateChunks({ resources: COUNT })];
const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
const document: SourceDocument = {
  name: 'generated.tfstate',
  size: bytes,
  open: () => Promise.resolve(Readable.from(chunks)),
};

async function* declared(): AsyncGenerator<DeclaredResource> {
  for await (const record of parseDocument(document, {}, new AbortController().signal)) {
    if (record.kind === 'declared') yield record.resource;
  }
}

async function parseAll(): Promise<DeclaredResource[]> {
  const all: DeclaredResource[] = [];
  for await (const resource of declared()) all.push(resource);
  return all;
}

const database = await startBenchDatabase();
const { sql, context, environmentId, sourceId, owner } = database;
const hasher = new TenantHasher(randomBytes(32), context.organizationId);
const { hashText } = await loadContentHasher();

const store = (
  resources: Iterable<DeclaredResource> | AsyncIterable<DeclaredResource>,
): Promise<unknown> =>
  sql.transaction(context, (client) =>
    storeResources(client, {
      organizationId: context.organizationId,
      environmentId,
      sourceId,
      masker: new ValueMasker((value) => hasher.hash(value)),
      resources,
      hashText,
    }),
  );

try {
  say(
    `PostgreSQL 18 (embedded, fsync on), ${COUNT} resources, state of ${(bytes / 1e6).toFixed(0)} MB, best of ${ROUNDS} rounds`,
  );
  const parsed = await parseAll();
  await store(parsed);
  const rows = await readStoredRows(owner);
  const empty = (): Promise<unknown> => owner.query('truncate iac_resources');

  const contenders: readonly (readonly [
    name: string,
    before: () => Promise<unknown>,
    run: () => Promise<unknown>,
  ])[] = [
    ['driftguard: parse, mask, store', empty, () => store(declared())],
    ['driftguard: mask, store', empty, () => store(parsed)],
    ['driftguard: parse, store, nothing new', () => Promise.resolve(), () => store(declared())],
    ['COPY of ready rows, plain table', () => emptyPlainTable(owner), () => copyPlain(owner, rows)],
    [
      'INSERT of 1000 ready rows each',
      () => emptyPlainTable(owner),
      () => insertPlain(owner, rows),
    ],
    ['parse only (floor)', () => Promise.resolve(), () => parseAll()],
  ];
  const best = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, before, run] of contenders) {
      await before();
      const started = performance.now();
      await run();
      const seconds = (performance.now() - started) / 1000;
      best.set(name, Math.min(best.get(name) ?? Infinity, seconds));
    }
  }
  const copy = best.get('COPY of ready rows, plain table') ?? 1;
  printTable([
    ['contender', 'seconds', 'resources/s', '× COPY'],
    ...[...best].map(([name, seconds]) => [
      name,
      seconds.toFixed(2),
      Math.round(COUNT / seconds).toString(),
      (copy / seconds).toFixed(2),
    ]),
  ]);
} finally {
  await database.stop();
}
