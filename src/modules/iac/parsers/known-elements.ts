import type { DeclaredRecord, SourceLocation } from '../../../core/providers/index.js';

/** What one element of a state's `resources` holds. */
export interface ReadElement {
  readonly records: readonly DeclaredRecord[];
  /** Managed instances, also those that are not compared. */
  readonly resources: number;
  readonly dataSources: number;
}

/** Elements of states that were read before: the same bytes, read with the same options, are not parsed again. */
export interface KnownElements {
  /**
   * What an element with these bytes holds; null when they are not known. Its records stand at `location` now. `bytes` may be
   * used during the call only.
   */
  recall(contentHash: string, bytes: Uint8Array, location: SourceLocation): ReadElement | null;
  /** Called for each element that had to be parsed; the records of the answer are yielded in their place. */
  learn(contentHash: string, element: ReadElement): ReadElement;
}
