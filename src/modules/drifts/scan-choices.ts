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
export const ACTIVE_SCAN_STATUSES: readonly ScanStatus[] = ['queued', 'running'];

export const SCAN_TRIGGERS = ['api', 'schedule', 'cli', 'webhook'] as const;
export type ScanTrigger = (typeof SCAN_TRIGGERS)[number];

/** What a scan looked at and what it did to the environment's drifts. */
export interface ScanCounts {
  /** Resources declared by code. */
  readonly declared: number;
  /** Resources the provider answered with. */
  readonly actual: number;
  /** Declared resources that were found and compared. */
  readonly compared: number;
  readonly in_sync: number;
  /** Declared resources nobody could look at; unknown, not clean. */
  readonly unread: number;
  /** Declared values that could not be compared or told from what was read. */
  readonly unverifiable: number;
  /** Differences in bytes that are none in meaning. */
  readonly suppressed: number;
  /** Outcomes taken over from the last scan without looking, because nothing they depend on has changed. */
  readonly reused: number;
  readonly opened: number;
  readonly persisting: number;
  readonly reopened: number;
  readonly resolved: number;
  /** Found again, unchanged, under a resolution that lets it stay. */
  readonly at_rest: number;
}

export const NO_SCAN_COUNTS: ScanCounts = {
  declared: 0,
  actual: 0,
  compared: 0,
  in_sync: 0,
  unread: 0,
  unverifiable: 0,
  suppressed: 0,
  reused: 0,
  opened: 0,
  persisting: 0,
  reopened: 0,
  resolved: 0,
  at_rest: 0,
};

/** Live resources no code declares that are no news, by the reason why. */
export interface PassedOver {
  readonly class: 'child' | 'provider-default' | 'ignored';
  readonly reason: string;
  readonly resources: number;
}

/** An ignore rule that silenced nothing: probably mistyped, or not needed any more. */
export interface UnusedIgnoreRule {
  readonly name: string;
  /** `ignore rule <id>` or `lifecycle.ignore_changes`. */
  readonly origin: string;
}

/** Why a scan, or one source of it, failed; safe to show. */
export interface ScanProblem {
  readonly code: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}
