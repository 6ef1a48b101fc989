import type { SourceDocument, StateSource } from '../../../core/providers/index.js';
import { DOCUMENT_ENDINGS, localDocuments } from './local-documents.js';

/** Declared state in files of this machine: one file, a folder or a glob pattern. */
export class LocalSource implements StateSource {
  readonly description: string;

  constructor(
    private readonly location: string,
    private readonly endings: readonly string[] = DOCUMENT_ENDINGS,
  ) {
    this.description = location;
  }

  async *documents(signal: AbortSignal): AsyncGenerator<SourceDocument> {
    for await (const { document } of localDocuments(this.location, this.location, this.endings)) {
      signal.throwIfAborted();
      yield document;
    }
  }
}
