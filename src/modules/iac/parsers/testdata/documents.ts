import { Readable } from 'node:stream';
import type {
  DeclaredRecord,
  DeclaredResource,
  SourceDocument,
  SourceNotice,
} from '../../../../core/providers/index.js';
import { parseDocument } from '../parse-document.js';
import type { ParseOptions } from '../parse-options.js';

/** A document in memory, handed out in chunks of the given sizes (repeated to the end). */
export function documentOf(
  content: string | Uint8Array,
  name = 'file',
  chunkSizes: readonly number[] = [],
): SourceDocument {
  const bytes = Buffer.from(content);
  return {
    name,
    size: bytes.length,
    open: () => Promise.resolve(Readable.from(chunksOf(bytes, chunkSizes))),
  };
}

function* chunksOf(bytes: Buffer, sizes: readonly number[]): Generator<Buffer> {
  let at = 0;
  for (let index = 0; at < bytes.length; index++) {
    const size = sizes.length === 0 ? bytes.length : (sizes[index % sizes.length] ?? 1);
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

export async function recordsOf(
  document: SourceDocument,
  options: ParseOptions = {},
  signal = new AbortController().signal,
): Promise<DeclaredRecord[]> {
  const records: DeclaredRecord[] = [];
  for await (const record of parseDocument(document, options, signal)) records.push(record);
  return records;
}

export interface Parsed {
  readonly resources: readonly DeclaredResource[];
  readonly refreshed: readonly Extract<DeclaredRecord, { kind: 'refreshed' }>[];
  readonly notices: readonly SourceNotice[];
}

/** Parses a text and sorts its records by kind. */
export async function parse(
  content: string | Uint8Array,
  options: ParseOptions = {},
): Promise<Parsed> {
  const records = await recordsOf(documentOf(content), options);
  return {
    resources: records.flatMap((record) => (record.kind === 'declared' ? [record.resource] : [])),
    refreshed: records.flatMap((record) => (record.kind === 'refreshed' ? [record] : [])),
    notices: records.flatMap((record) => (record.kind === 'notice' ? [record.notice] : [])),
  };
}

/** The only resource of a text. */
export async function parseOne(
  content: string,
  options: ParseOptions = {},
): Promise<DeclaredResource> {
  const { resources } = await parse(content, options);
  const [only] = resources;
  if (only === undefined || resources.length > 1) {
    throw new Error(`expected one resource, found ${resources.length}`);
  }
  return only;
}
