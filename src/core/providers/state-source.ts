import type { Readable } from 'node:stream';

/** One document of a source: a state, a plan, a template, a manifest file. */
export interface SourceDocument {
  /** Path or URL as the user knows it. */
  readonly name: string;
  /** Bytes; null when the store does not say. */
  readonly size: number | null;
  open(signal: AbortSignal): Promise<Readable>;
}

/** Where declared state lives. What it is, is the parser's question. */
export interface StateSource {
  /** For messages; carries no credential. */
  readonly description: string;
  documents(signal: AbortSignal): AsyncIterable<SourceDocument>;
}
