/**
 * What earlier scans made of resources whose bytes have not changed since. Whoever runs the engine keeps it; the engine only
 * says under which key an outcome stands, and what it depended on.
 */
export interface OutcomeMemory {
  /** Stands for everything outside the two sides that outcomes depend on: engine, knowledge, masking of what is stored. */
  readonly version: string;
  /** Any hash of at least 64 bits, the same from run to run. */
  hash(text: string): string;
  /** The trace an outcome was kept with; undefined when none is known under the key. */
  recall(key: string): OutcomeTrace | undefined;
}

/** What an outcome depended on beside its own resources, and what it did to others. Plain data, to be kept beside the outcome. */
export interface OutcomeTrace {
  /** Digest of each group of neighbours that was looked at. */
  readonly looked: Readonly<Record<string, string>>;
  /** Ignore rules it needed, by position. */
  readonly rules: readonly number[];
}

/** A resource that says whether it is the same as in another scan: equal stamps, equal in every fact and value. */
export interface Stamped {
  readonly stamp: string;
}

/** Null for a resource nobody stamped: it is looked at anew each time. */
export function stampOf(resource: object): string | null {
  return 'stamp' in resource && typeof resource.stamp === 'string' ? resource.stamp : null;
}

/** A resource whose keys for matching are known from when it was last parsed. */
export interface Keyed {
  /** As `declaredKeys` answered them; null where they depend on more than the resource. */
  readonly matchKeys: readonly string[] | null;
}

export function knownKeys(resource: object): readonly string[] | null {
  return 'matchKeys' in resource && Array.isArray(resource.matchKeys)
    ? (resource.matchKeys as readonly string[])
    : null;
}
