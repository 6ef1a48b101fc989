export const SCAN_STATUSES = [
  'queued',
  'running',
  'succeeded',
  'partial',
  'failed',
  'cancelled',
] as const;
export type ScanStatus = (typeof SCAN_STATUSES)[number];

/** A scan that occupies its environment: there is at most one. */
export const ACTIVE_SCAN_STATUSES = ['queued', 'running'] as const satisfies readonly ScanStatus[];

export const SCAN_TRIGGERS = ['api', 'schedule', 'cli', 'webhook'] as const;
export type ScanTrigger = (typeof SCAN_TRIGGERS)[number];

/** What a scan did to the environment's drifts and how much it looked at. */
export interface ScanCounts {
  /** Resources declared by code. */
  readonly declared: number;
  /** Resources the provider answered with. */
  readonly actual: number;
  /** Declared resources that were found and compared. */
  readonly compared: number;
  readonly opened: number;
  readonly persisting: number;
  readonly reopened: number;
  readonly resolved: number;
  /** Found again, unchanged, under a resolution that lets it stay. */
  readonly at_rest: number;
  /** Differences nobody can tell from what could be read. */
  readonly unverifiable: number;
  /** Differences in bytes that are none in meaning. */
  readonly suppressed: number;
}

export const NO_SCAN_COUNTS: ScanCounts = {
  declared: 0,
  actual: 0,
  compared: 0,
  opened: 0,
  persisting: 0,
  reopened: 0,
  resolved: 0,
  at_rest: 0,
  unverifiable: 0,
  suppressed: 0,
};

/** Why a scan, or one source of it, failed; safe to show. */
export interface ScanProblem {
  readonly code: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}
