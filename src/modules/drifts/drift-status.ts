import type { ResolutionType } from './drift-choices.js';

/**
 * Where a drift stands. `opened`: first scan that saw it. `persisting`: a later scan saw it again.
 * `reopened`: it was resolved and is back. `resolved`: nobody has to act on it now.
 */
export const DRIFT_STATUSES = ['opened', 'persisting', 'reopened', 'resolved'] as const;
export type DriftStatus = (typeof DRIFT_STATUSES)[number];

/**
 * What can happen to a drift.
 * `found`: a scan saw it. `found_at_rest`: a scan saw it, unchanged, and a person decided it may stay.
 * `gone`: a scan looked everywhere it could be and did not see it. `unseen`: the scan could not look.
 * `resolve`: a person closed it.
 */
export const DRIFT_OBSERVATIONS = ['found', 'found_at_rest', 'gone', 'unseen', 'resolve'] as const;
export type DriftObservation = (typeof DRIFT_OBSERVATIONS)[number];

/** Null means the observation is refused in that state. */
export const DRIFT_TRANSITIONS: Readonly<
  Record<DriftStatus, Readonly<Record<DriftObservation, DriftStatus | null>>>
> = {
  opened: {
    found: 'persisting',
    found_at_rest: 'persisting',
    gone: 'resolved',
    unseen: 'opened',
    resolve: 'resolved',
  },
  persisting: {
    found: 'persisting',
    found_at_rest: 'persisting',
    gone: 'resolved',
    unseen: 'persisting',
    resolve: 'resolved',
  },
  reopened: {
    found: 'persisting',
    found_at_rest: 'persisting',
    gone: 'resolved',
    unseen: 'reopened',
    resolve: 'resolved',
  },
  resolved: {
    found: 'reopened',
    found_at_rest: 'resolved',
    gone: 'resolved',
    unseen: 'resolved',
    resolve: null,
  },
};

export const INITIAL_DRIFT_STATUS: DriftStatus = 'opened';

/**
 * Resolutions under which the difference is meant to stay for now: while a scan finds exactly the same values the drift
 * stays resolved. The other two claim the difference was removed, so finding it again reopens it.
 */
export const RESTING_RESOLUTIONS: readonly ResolutionType[] = ['accepted', 'escalated'];

export function nextDriftStatus(
  status: DriftStatus,
  observation: DriftObservation,
): DriftStatus | null {
  return DRIFT_TRANSITIONS[status][observation];
}

/** The same table as an SQL expression over a status column, so that set-based settling cannot disagree with it. */
export function statusTransitionSql(column: string, observation: DriftObservation): string {
  const branches = DRIFT_STATUSES.flatMap((status) => {
    const next = nextDriftStatus(status, observation);
    return next === null ? [] : [`when '${status}' then '${next}'`];
  });
  return `case ${column} ${branches.join(' ')} end`;
}
