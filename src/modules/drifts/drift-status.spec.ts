import { describe, expect, it } from '@jest/globals';
import {
  DRIFT_OBSERVATIONS,
  DRIFT_STATUSES,
  type DriftStatus,
  INITIAL_DRIFT_STATUS,
  nextDriftStatus,
  statusTransitionSql,
} from './drift-status.js';

describe('drift status', () => {
  it('reaches every state from the first one', () => {
    const reached = new Set<DriftStatus>([INITIAL_DRIFT_STATUS]);
    for (const status of reached) {
      for (const observation of DRIFT_OBSERVATIONS) {
        const next = nextDriftStatus(status, observation);
        if (next !== null) reached.add(next);
      }
    }
    expect([...reached].sort()).toEqual([...DRIFT_STATUSES].sort());
  });

  it('can leave every state', () => {
    for (const status of DRIFT_STATUSES) {
      const exits = DRIFT_OBSERVATIONS.map((observation) =>
        nextDriftStatus(status, observation),
      ).filter((next) => next !== null && next !== status);
      expect({ status, exits: exits.length }).not.toEqual({ status, exits: 0 });
    }
  });

  it('never changes a state a scan could not look at', () => {
    for (const status of DRIFT_STATUSES) expect(nextDriftStatus(status, 'unseen')).toBe(status);
  });

  it('reopens instead of opening a second time, then persists', () => {
    expect(nextDriftStatus('resolved', 'found')).toBe('reopened');
    expect(nextDriftStatus('reopened', 'found')).toBe('persisting');
  });

  it('leaves an accepted, unchanged difference resolved', () => {
    expect(nextDriftStatus('resolved', 'found_at_rest')).toBe('resolved');
  });

  it('refuses to resolve twice', () => {
    expect(nextDriftStatus('resolved', 'resolve')).toBeNull();
  });

  it('writes the table as SQL', () => {
    expect(statusTransitionSql('e.status', 'found')).toBe(
      "case e.status when 'opened' then 'persisting' when 'persisting' then 'persisting' " +
        "when 'reopened' then 'persisting' when 'resolved' then 'reopened' end",
    );
  });
});
