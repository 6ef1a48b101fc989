import { wasChecked, type Classification, type LookedAt } from '../engine/index.js';
import type { Observation } from '../settle/drift-draft.js';

/** What one detection adds to the counts of a scan. */
export type TallyEntry =
  | {
      readonly kind: 'compared';
      readonly unverifiable: number;
      readonly suppressed: number;
      readonly inSync: boolean;
    }
  | { readonly kind: 'missing' | 'unread' }
  | { readonly kind: 'unmanaged'; readonly classification: Classification };

export function tallyEntryOf(
  detection: LookedAt,
  observations: readonly Observation[],
): TallyEntry {
  if (detection.kind === 'unmanaged') {
    return { kind: 'unmanaged', classification: detection.classification };
  }
  if (detection.kind !== 'compared') return { kind: detection.kind };
  const { findings, notCompared, suppressed } = detection.report;
  const unsure = findings.filter(({ verdict }) => verdict === 'unverifiable').length;
  const drifted = observations.some(({ kind }) => kind !== 'unseen');
  return {
    kind: 'compared',
    unverifiable: unsure + notCompared.length,
    suppressed: suppressed.length,
    inSync: !drifted && wasChecked(detection.report),
  };
}
