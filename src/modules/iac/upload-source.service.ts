import { Injectable } from '@nestjs/common';
import { Config } from '../../core/config/index.js';
import type { TenantContext } from '../../core/context/index.js';
import type { JsonValue, SourceDocument, SourceNotice } from '../../core/providers/index.js';
import { type DocumentFacts, DocumentStore } from './documents/document-store.js';
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

export interface UploadOptions {
  /** Whether an older version of the same Terraform state may replace a newer one. */
  readonly allowOlder?: boolean;
}

export interface UploadResult {
  readonly source: SourceRow;
  readonly resources: number;
  /** False when the source had the very same content already. */
  readonly changed: boolean;
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

  /**
   * The same content again changes nothing, and is not read again.
   *
   * @throws DomainError `IAC.*` of the parser, naming file, position and remedy; `SOURCE.SERIAL_OLDER`
   */
  async upload(
    context: TenantContext,
    id: string,
    open: () => Promise<UploadedContent>,
    signal: AbortSignal,
    options: UploadOptions = {},
  ): Promise<UploadResult> {
    const source = await this.sources.getById(context, id);
    if (source.location !== 'upload') throw sourceErrors.notAnUpload(source.name);
    const { content, fileName } = await open();
    const received = await this.documents.receive(context, content, this.maxBytes);
    try {
      const same = await this.documents.findSame(context, source, received);
      if (same !== null) {
        const row = await this.sources.getRow(context, id);
        return { source: row, resources: same, changed: false, notices: [] };
      }
      const name = fileName ?? source.name;
      const { notices, ...facts } = await check(received.spool.asDocument(name), source, signal);
      await this.documents.keep(context, source, received, { name, ...facts }, options);
      const row = await this.sources.getRow(context, id);
      return { source: row, resources: facts.resources, changed: true, notices };
    } finally {
      await received.spool.remove();
    }
  }
}

type Checked = Omit<DocumentFacts, 'name'> & Pick<UploadResult, 'notices'>;

async function check(
  document: SourceDocument,
  source: IacSource,
  signal: AbortSignal,
): Promise<Checked> {
  let resources = 0;
  const notices: SourceNotice[] = [];
  const header = new Map<string, JsonValue>();
  const onStateHeader = (key: string, value: JsonValue): void => void header.set(key, value);
  const options = { ...parseOptionsOf(source), onStateHeader };
  for await (const record of parseDocument(document, options, signal)) {
    if (record.kind === 'declared') resources += 1;
    if (record.kind === 'notice' && notices.length < MAX_NOTICES) notices.push(record.notice);
  }
  const [lineage, serial] = [header.get('lineage'), header.get('serial')];
  return {
    resources,
    notices,
    lineage: typeof lineage === 'string' && lineage !== '' ? lineage : null,
    serial: Number.isSafeInteger(serial) ? Number(serial) : null,
  };
}
