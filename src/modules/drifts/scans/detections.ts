import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DeclaredResource } from '../../../core/providers/index.js';
import type { ScanMemory } from '../detection/scan-memory.js';
import type { Detection } from '../engine/index.js';
import { type DraftContext, moveOnly, observationsOf } from '../settle/draft-drifts.js';
import type { Observation } from '../settle/drift-draft.js';
import type { ScanTally } from './scan-tally.js';
import { tallyEntryOf } from './tally-entry.js';

/** Detections between two looks at the event loop: comparing must not starve heartbeats and locks. */
const TURN = 250;

export interface ObserveOptions {
  readonly drafting: DraftContext;
  readonly memory: ScanMemory;
  readonly tally: ScanTally;
  /** Called now and then; throws to stop. */
  readonly onTurn: (done: number) => void;
}

/** What detections say about drifts, counted and kept for the next scan as they pass. */
export async function* observeDetections(
  detections: Iterable<Detection>,
  { drafting, memory, tally, onTurn }: ObserveOptions,
): AsyncGenerator<Observation> {
  let done = 0;
  for (const detection of detections) {
    done += 1;
    if (done % TURN === 0) {
      await nextTurn();
      onTurn(done);
    }
    if (detection.kind === 'unchanged') {
      const outcome = memory.outcomeOf(detection);
      tally.add(outcome.tally, true);
      yield* outcome.observations;
      continue;
    }
    const observations = observationsOf(detection, drafting);
    const entry = tallyEntryOf(detection, observations);
    tally.add(entry);
    if (detection.remembered) memory.keep(detection.remembered, entry, observations);
    yield* observations;
  }
}

/** Moves that plans name of resources their refresh found unchanged, and which therefore nobody looked at. */
export function* unlooked(
  declared: readonly DeclaredResource[],
  looked: readonly DeclaredResource[],
  drafting: DraftContext,
): Generator<Observation> {
  if (looked.length === declared.length) return;
  const seen = new Set(looked);
  for (const resource of declared) if (!seen.has(resource)) yield* moveOnly(resource, drafting);
}
