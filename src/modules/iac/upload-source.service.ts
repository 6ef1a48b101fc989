import { Injectable } from '@nestjs/common';
import { Config } from '../../core/config/index.js';
import type { TenantContext } from '../../core/context/index.js';
import type { SourceDocument, SourceNotice } from '../../core/providers/index.js';
import { DocumentStore } from './documents/document-store.js';
import type { IacSource } from './iac-source.entity.js';
import { IacSourceRepository, type SourceRow } from './iac-source.repository.js';
import { parseDocument } from './parsers/parse-document.js';
import { parseOptionsOf } from './parse-options-of.js';
import { sourceErrors } from './sources.errors.js';

const MAX_NOTICES = 100;

export interface UploadedContent {
  readonly fileName: string | null;
  readonly content: AsyncIterable<Uint8Array>;
}

export interface UploadResult {
  readonly source: SourceRow;
  readonly resources: number;
  /** The first hundred remarks of the parser. */
  readonly notices: readonly SourceNotice[];
}

/** Receives, checks, then keeps: what cannot be read as declared state is refused and leaves nothing behind. */
@Injectable()
export class UploadSourceService {
  readonly maxBytes: number;

  constructor(
    private readonly sources: IacSourceRepository,
    private readonly documents: DocumentStore,
    config: Config,
  ) {
    this.maxBytes = config.get('UPLOAD_LIMIT_BYTES');
  }

  /** @throws DomainError `IAC.*` of the parser, naming file, position and remedy */
  async upload(
    context: TenantContext,
    id: string,
    open: () => Promise<UploadedContent>,
    signal: AbortSignal,
  ): Promise<UploadResult> {
    const source = await this.sources.getById(context, id);
    if (source.location !== 'upload') throw sourceErrors.notAnUpload(source.name);
    const { content, fileName } = await open();
    const received = await this.documents.receive(context, content, this.maxBytes);
    try {
      const name = fileName ?? source.name;
      const checked = await check(received.spool.asDocument(name), source, signal);
      await this.documents.keep(context, source, received, { name, resources: checked.resources });
      return { source: await this.sources.getRow(context, id), ...checked };
    } finally {
      await received.spool.remove();
    }
  }
}

async function check(
  document: SourceDocument,
  source: IacSource,
  signal: AbortSignal,
): Promise<Pick<UploadResult, 'resources' | 'notices'>> {
  let resources = 0;
  const notices: SourceNotice[] = [];
  for await (const record of parseDocument(document, parseOptionsOf(source), signal)) {
    if (record.kind === 'declared') resources += 1;
    if (record.kind === 'notice' && notices.length < MAX_NOTICES) notices.push(record.notice);
  }
  return { resources, notices };
}
