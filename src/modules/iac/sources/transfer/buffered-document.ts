import { Readable } from 'node:stream';
import type { DocumentFacts, SourceDocument } from '../../../../core/providers/index.js';

/** What a fetch brought: the content and what the store calls this version of it. */
export interface Fetched {
  readonly content: Buffer;
  readonly version: string | null;
  readonly facts?: DocumentFacts;
}

/** A document that is fetched as a whole when it is opened, for stores whose protocol has no streams. */
export class BufferedDocument implements SourceDocument {
  size: number | null = null;
  version: string | null = null;
  facts: DocumentFacts;

  constructor(
    readonly name: string,
    private readonly fetch: (signal: AbortSignal) => Promise<Fetched>,
    facts: DocumentFacts = {},
    readonly named = true,
  ) {
    this.facts = facts;
  }

  async open(signal: AbortSignal): Promise<Readable> {
    signal.throwIfAborted();
    const { content, version, facts } = await this.fetch(signal);
    this.size = content.length;
    this.version = version;
    this.facts = { ...this.facts, ...facts };
    return Readable.from([content], { objectMode: false });
  }
}
