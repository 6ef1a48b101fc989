/** The choices the specification gives these columns; the API, the SQL and the SDK all read them from here. */
export const DRIFT_TYPES = ['modified', 'deleted', 'added', 'moved'] as const;
export type DriftType = (typeof DRIFT_TYPES)[number];

export const RESOLUTION_TYPES = ['auto_revert', 'codify_iac', 'accepted', 'escalated'] as const;
export type ResolutionType = (typeof RESOLUTION_TYPES)[number];

export const CHANGE_TYPES = ['modified', 'added', 'removed'] as const;
export type ChangeType = (typeof CHANGE_TYPES)[number];

export const DRIFT_VERDICTS = ['confirmed', 'potential', 'unverifiable'] as const;
export type DriftVerdict = (typeof DRIFT_VERDICTS)[number];
