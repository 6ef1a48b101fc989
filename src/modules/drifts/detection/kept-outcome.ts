import type { OutcomeTrace } from '../engine/index.js';
import type { TallyEntry } from '../scans/tally-entry.js';
import type { Observation } from '../settle/drift-draft.js';
import type { StoredDifferences } from './stored-differences.js';

type KeptObservation = Exclude<Observation, { kind: 'drift' }>;

/** What became of a resource, as far as the next scan needs it to say the same again. */
export interface KeptOutcome {
  readonly trace: OutcomeTrace;
  readonly tally: TallyEntry;
  readonly observations: readonly KeptObservation[];
}

/** Drafts are stored as drifts already; of them only where they are and what they were is kept. */
export function keptObservations(observations: readonly Observation[]): readonly KeptObservation[] {
  return observations.map((observation) => {
    if (observation.kind !== 'drift') return observation;
    const { fingerprint, differences_hash, source_id, resource_address } = observation.draft;
    return { kind: 'known', drift: { fingerprint, differences_hash, source_id, resource_address } };
  });
}

/** Whether every drift it speaks of is still stored as it was. */
export function isStored({ observations }: KeptOutcome, stored: StoredDifferences): boolean {
  return observations.every(
    (one) => one.kind !== 'known' || stored.has(one.drift.fingerprint, one.drift.differences_hash),
  );
}
