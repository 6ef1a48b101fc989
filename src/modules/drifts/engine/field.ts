import type {
  ActualResource,
  DeclaredResource,
  JsonObject,
  JsonValue,
} from '../../../core/providers/index.js';
import type { ResourceIgnores } from './ignore/ignore-rules.js';
import type { Knowledge } from './knowledge.js';
import type { CompareOptions, ScanFacts } from './scan-facts.js';

/**
 * What is known about one field, from a schema or an overlay. Everything is optional: an unknown fact changes nothing,
 * it only leaves a difference to be reported.
 */
export interface FieldFacts {
  /** Meaning that decides spelling: see the comparator of that name. */
  readonly kind?:
    | 'json'
    | 'policy'
    | 'quantity'
    | 'duration'
    | 'timestamp'
    | 'cidr'
    | 'version'
    | 'dns-name'
    | 'resource-id'
    | 'tags'
    | 'bytes'
    | 'opaque';
  /** Whether the order of a list means something; unknown is treated as significant unless evidence says otherwise. */
  readonly order?: 'significant' | 'set';
  /** Keys that together identify an element of a list of objects. */
  readonly identity?: readonly string[];
  /** What an identity key stands for where it is left out. */
  readonly identityDefaults?: Readonly<Record<string, JsonValue>>;
  /** What the service fills in when the code says nothing. */
  readonly default?: JsonValue;
  /** Computed by the service; the code cannot set it. */
  readonly readOnly?: boolean;
  /** Accepted and never returned. */
  readonly writeOnly?: boolean;
  /** An argument of the tool itself (`timeouts`, `force_destroy`): it exists in no API. */
  readonly toolOnly?: boolean;
  readonly sensitive?: boolean;
  readonly caseInsensitive?: boolean;
  /**
   * What an element or key that only the actual side has means here. `unknown`: services fill it in and no default is
   * published, so without a baseline nothing can be said; it is listed as not compared.
   */
  readonly extras?: 'confirmed' | 'potential' | 'ignored' | 'unknown';
  /** What it means that the API does not return a declared value: it was removed (default), it cannot be read, or it is the zero value. */
  readonly absence?: 'removed' | 'unreadable' | 'zero';
  /** The lens paired the two names by likeness only: equal values confirm the pair, different ones prove nothing. */
  readonly guessed?: boolean;
  /** An empty value says something here that absence does not: `podSelector: {}` selects everything. */
  readonly explicitEmpty?: boolean;
}

export const NO_FACTS: FieldFacts = {};

/** The pair under comparison and everything a rule may consult. */
export interface Pair {
  readonly declared: DeclaredResource;
  readonly actual: ActualResource;
  readonly scan: ScanFacts;
  readonly knowledge: Knowledge;
  readonly options: CompareOptions;
  /** Rules that silence parts of this resource; absent means none. */
  readonly ignores?: ResourceIgnores;
}

/** Where a rule stands: one field of one pair. */
export interface Field {
  /** Path in the declared vocabulary. */
  readonly path: string;
  readonly actualPath: string;
  /** Last key by name (list indexes skipped). */
  readonly key: string;
  readonly facts: FieldFacts;
  readonly pair: Pair;
  /** The objects the two values were taken from; undefined at the root or inside a list. */
  readonly declaredParent: JsonObject | undefined;
  readonly actualParent: JsonObject | undefined;
}
