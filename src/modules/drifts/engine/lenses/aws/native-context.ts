import type { JsonValue } from '../../../../../core/providers/index.js';
import type { RegistryPlace } from './registry-place.js';
import type { Vocabulary } from './vocabulary.js';

/** What all nodes of one pair share. */
export interface NativeContext {
  readonly vocabulary: Vocabulary;
  /** Published names by attribute of the resource itself; dotted where the API nests it. */
  readonly mapped: ReadonlyMap<string, readonly string[]>;
  /** First-level names the API is known to answer with when they are set, by their squashed form. */
  readonly answered: ReadonlyMap<string, string>;
  /** What stands at an API name when nobody set it, where that is published. */
  readonly defaults?: (name: string) => JsonValue | undefined;
  /** The words of the resource's type. */
  readonly words: readonly string[];
  /** A declared value is one member of a live list of more (an attachment). */
  readonly member?: boolean;
}

/** Where a node stands in both vocabularies. */
export interface NativePosition {
  /** The schema's word for what is declared here; undefined at the top. */
  readonly code: string | undefined;
  /** The words of the type or of the block it stands in. */
  readonly nouns: readonly string[];
  /** Attribute this block is the value of; empty at the top. */
  readonly block: string;
  /** The same place in the registry's model, where the answer is written in its words. */
  readonly place?: RegistryPlace | undefined;
}
