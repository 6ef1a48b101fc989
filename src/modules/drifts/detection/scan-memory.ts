import type { JsonObject, RawReader } from '../../../core/providers/index.js';
import {
  declaredKeys,
  type Detection,
  type Knowledge,
  type OutcomeMemory,
  type OutcomeTrace,
  type Remembered,
} from '../engine/index.js';
import type { TallyEntry } from '../scans/tally-entry.js';
import type { Observation } from '../settle/drift-draft.js';
import { isStored, keptObservations, type KeptOutcome } from './kept-outcome.js';
import { LiveRows } from './live-rows.js';
import { PlacesOnFile } from './places-on-file.js';
import { Recollected } from './recollected.js';
import type { Recollection, RecollectionChanges } from './recollections.js';
import { ScanBodies } from './scan-bodies.js';
import { SourceElements } from './source-elements.js';
import { SpillFile } from './spill-file.js';
import { StoredDifferences } from './stored-differences.js';

export interface ScanMemoryOptions {
  /** Stands for everything that decides outcomes beside the two sides and the rules of a run. */
  readonly version: string;
  readonly hash: (text: string) => string;
  /** Whether facts hold something that must not rest in clear. */
  readonly isSecret: (facts: JsonObject) => boolean;
}

/** What one scan keeps outside of memory, what it knows from the last one, and what it leaves to the next. */
export class ScanMemory implements OutcomeMemory {
  readonly bodies: ScanBodies;
  readonly version: string;
  readonly hash: (text: string) => string;
  readonly #file = new SpillFile();
  readonly #outcomes = new Recollected(this.#file);
  readonly #elements = new Recollected(this.#file);
  /** Filled before the declared side is read. */
  readonly previous = new PlacesOnFile(this.#file);
  #stored = new StoredDifferences();

  readonly #isSecret: ScanMemoryOptions['isSecret'];

  constructor({ version, hash, isSecret }: ScanMemoryOptions) {
    this.version = version;
    this.hash = hash;
    this.#isSecret = isSecret;
    this.bodies = new ScanBodies(this.#file, hash);
  }

  /** Takes in what the last scan left. */
  async load(
    rows: AsyncIterable<Recollection> | Iterable<Recollection>,
    stored: StoredDifferences,
  ): Promise<void> {
    for await (const { kind, key, value } of rows) {
      (kind === 'outcome' ? this.#outcomes : this.#elements).add(key, value);
    }
    this.#stored = stored;
  }

  /** Elements of one source's states. `options`: everything beside the bytes that decides what they say. */
  elementsOf(sourceId: string, options: unknown, knowledge: Knowledge): SourceElements {
    return new SourceElements({
      bodies: this.bodies,
      store: this.#elements,
      circumstances: this.hash(JSON.stringify([this.version, sourceId, options])),
      keysOf: (resource) =>
        // In Kubernetes they also depend on the namespace the manifests are applied to.
        resource.provider === 'kubernetes' || resource.type.startsWith('kubernetes_')
          ? null
          : declaredKeys(resource, knowledge),
      isSecret: this.#isSecret,
    });
  }

  /** Rows of a listing whose raw texts `read` reads; without it none is known. */
  liveRows(read: RawReader | undefined): LiveRows {
    return new LiveRows({
      bodies: this.bodies,
      store: this.#elements,
      circumstances: this.hash(JSON.stringify([this.version, 'rows'])),
      hash: this.hash,
      isSecret: this.#isSecret,
      read,
    });
  }

  recall(key: string): OutcomeTrace | undefined {
    const outcome = this.#outcomeOf(key);
    return outcome && isStored(outcome, this.#stored) ? outcome.trace : undefined;
  }

  /** The outcome behind a detection of kind `unchanged`. */
  outcomeOf({ key }: Extract<Detection, { kind: 'unchanged' }>): KeptOutcome {
    const outcome = this.#outcomeOf(key);
    if (outcome === undefined) throw new Error('an outcome was taken over that nobody kept');
    this.#outcomes.use(key);
    return outcome;
  }

  keep({ key, trace }: Remembered, tally: TallyEntry, observations: readonly Observation[]): void {
    const outcome: KeptOutcome = { trace, tally, observations: keptObservations(observations) };
    this.#outcomes.keep(key, JSON.stringify(outcome));
  }

  /** What this scan found out, and what of the last one does not hold any more. */
  changes(): RecollectionChanges {
    return {
      fresh: { outcome: this.#outcomes.fresh(), element: this.#elements.fresh() },
      stale: { outcome: this.#outcomes.stale(), element: this.#elements.stale() },
    };
  }

  close(): void {
    this.#file.close();
  }

  #outcomeOf(key: string): KeptOutcome | undefined {
    const text = this.#outcomes.find(key);
    return text === undefined ? undefined : (JSON.parse(text) as KeptOutcome);
  }
}
