import { randomUUIDv7 } from 'node:crypto';
import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import type { TenantContext } from '../../../core/context/index.js';
import {
  EnvelopeCipher,
  KEY_RING,
  type KeyRing,
  SensitiveValues,
} from '../../../core/crypto/index.js';
import { TenantSql } from '../../../core/database/index.js';
import type { SourceDocument } from '../../../core/providers/index.js';
import type { IacSource } from '../iac-source.entity.js';
import { sourceErrors } from '../sources.errors.js';
import { DocumentSpool } from './document-spool.js';

interface DocumentRow {
  readonly id: string;
  readonly name: string;
  readonly size: string;
  readonly pieces: number;
  readonly key_version: number;
  readonly wrapped_key: Buffer;
}

/** What was found out about a document when it was checked. */
export interface DocumentFacts {
  readonly name: string;
  readonly resources: number;
  /** Of a raw Terraform state; null for everything else. */
  readonly lineage: string | null;
  readonly serial: number | null;
}

/** An upload that was received but not yet kept. */
export interface ReceivedDocument {
  readonly id: string;
  readonly spool: DocumentSpool;
  readonly cipher: EnvelopeCipher;
}

/** Uploaded content in PostgreSQL: sealed pieces, each bound to tenant, document and position. */
@Injectable()
export class DocumentStore {
  constructor(
    private readonly sql: TenantSql,
    private readonly sensitive: SensitiveValues,
    @Inject(KEY_RING) private readonly keys: KeyRing,
  ) {}

  async receive(
    context: TenantContext,
    content: AsyncIterable<Uint8Array>,
    maxBytes: number,
  ): Promise<ReceivedDocument> {
    const id = randomUUIDv7();
    const cipher = await EnvelopeCipher.create(this.keys, placeOf(context, id));
    const hashKey = this.sensitive.hasherFor(context).hash('document content');
    return {
      id,
      cipher,
      spool: await DocumentSpool.receive(content, { cipher, hashKey, maxBytes }),
    };
  }

  /** How many resources the source's content has, where it is the very same that was received; otherwise null. */
  async findSame(
    context: TenantContext,
    source: IacSource,
    { spool }: ReceivedDocument,
  ): Promise<number | null> {
    const [row] = await this.sql.read<{ resources: number }>(
      context,
      `select resources from iac_documents
       where organization_id = $1 and source_id = $2 and content_hash = $3`,
      [context.organizationId, source.id, spool.contentHash],
    );
    return row?.resources ?? null;
  }

  /**
   * Replaces the source's content, all or nothing.
   *
   * @throws DomainError `SOURCE.SERIAL_OLDER` when it has a newer version of the same state, unless `allowOlder`
   */
  async keep(
    context: TenantContext,
    source: IacSource,
    received: ReceivedDocument,
    facts: DocumentFacts,
    { allowOlder = false }: { readonly allowOlder?: boolean } = {},
  ): Promise<void> {
    const { organizationId } = context;
    const { spool, cipher, id } = received;
    await this.sql.transaction(context, async (client) => {
      // Two uploads at once: the later one wins as a whole.
      await client.query(
        'select 1 from iac_sources where organization_id = $1 and id = $2 for update',
        [organizationId, source.id],
      );
      if (!allowOlder) await refuseOlder(client, context, source, facts);
      await client.query(
        'delete from iac_documents where organization_id = $1 and source_id = $2',
        [organizationId, source.id],
      );
      await client.query(
        `insert into iac_documents (organization_id, id, source_id, name, size, pieces, content_hash, resources,
           key_version, wrapped_key, lineage, serial)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
        [
          organizationId,
          id,
          source.id,
          facts.name,
          spool.size,
          spool.pieces,
          spool.contentHash,
          facts.resources,
          cipher.key.keyVersion,
          cipher.key.wrapped,
          facts.lineage,
          facts.serial,
        ],
      );
      let position = 0;
      for await (const sealed of spool.sealed()) {
        await client.query(
          `insert into iac_document_pieces (organization_id, id, document_id, position, sealed)
           values ($1, $2, $3, $4, $5)`,
          [organizationId, randomUUIDv7(), id, position, sealed],
        );
        position += 1;
      }
    });
  }

  /** @throws DomainError `SOURCE.CONTENT_MISSING` when nothing was uploaded yet */
  async find(context: TenantContext, source: IacSource): Promise<SourceDocument> {
    const [row] = await this.sql.read<DocumentRow>(
      context,
      `select id, name, size, pieces, key_version, wrapped_key
       from iac_documents where organization_id = $1 and source_id = $2`,
      [context.organizationId, source.id],
    );
    if (row === undefined) throw sourceErrors.contentMissing(source.name);
    return {
      name: row.name,
      size: Number(row.size),
      open: (signal) => Promise.resolve(Readable.from(this.#read(context, source, row, signal))),
    };
  }

  async *#read(
    context: TenantContext,
    source: IacSource,
    row: DocumentRow,
    signal: AbortSignal,
  ): AsyncGenerator<Buffer> {
    const key = { keyVersion: row.key_version, wrapped: row.wrapped_key };
    const cipher = await EnvelopeCipher.reopen(this.keys, key, placeOf(context, row.id));
    for (let position = 0; position < row.pieces; position += 1) {
      signal.throwIfAborted();
      const [piece] = await this.sql.read<{ sealed: Buffer }>(
        context,
        `select sealed from iac_document_pieces
         where organization_id = $1 and document_id = $2 and position = $3`,
        [context.organizationId, row.id, position],
      );
      if (piece === undefined) throw sourceErrors.contentReplaced(source.name);
      yield cipher.open(piece.sealed, position);
    }
  }
}

/** Under the lock of the source, so that of two uploads the newer one wins whichever comes first. */
async function refuseOlder(
  client: pg.PoolClient,
  { organizationId }: TenantContext,
  source: IacSource,
  { lineage, serial }: DocumentFacts,
): Promise<void> {
  if (lineage === null || serial === null) return;
  const { rows } = await client.query<{ serial: string }>(
    `select serial from iac_documents
     where organization_id = $1 and source_id = $2 and lineage = $3 and serial > $4`,
    [organizationId, source.id, lineage, serial],
  );
  const [newer] = rows;
  if (newer !== undefined) {
    throw sourceErrors.serialOlder(source.name, Number(newer.serial), serial);
  }
}

function placeOf(context: TenantContext, documentId: string): string {
  return `${context.organizationId}/iac_documents/${documentId}`;
}
