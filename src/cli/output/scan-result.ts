import type { Coverage, JsonValue } from '../../core/providers/index.js';

export type SeverityLevel = 'critical' | 'high' | 'medium' | 'low';
export type ShownVerdict = 'confirmed' | 'potential' | 'unverifiable';

/** One differing attribute of a drifted resource. */
export interface ShownChange {
  /** Path in the words of the user's code; empty for the resource as a whole. */
  readonly attribute: string;
  readonly change: 'modified' | 'added' | 'removed' | 'moved';
  readonly declared: JsonValue;
  readonly actual: JsonValue;
  readonly sensitive: boolean;
  readonly verdict: ShownVerdict;
  /** One sentence; null when there is nothing to add. */
  readonly explanation: string | null;
  readonly securityCritical: boolean;
}

/** One drifted resource. */
export interface ShownDrift {
  readonly severity: SeverityLevel;
  readonly driftType: 'modified' | 'deleted' | 'added' | 'moved';
  readonly verdict: ShownVerdict;
  /** Address in the code; for a resource no code declares, its type and id at the provider. */
  readonly address: string;
  readonly resourceType: string;
  /** File and line as the user knows them; null when no code declares it. */
  readonly location: string | null;
  readonly changes: readonly ShownChange[];
  /** Who made it, in a line (`whoText`); null or absent when nobody asked or knows. */
  readonly who?: string | null;
}

export interface ScanCounts {
  readonly declared: number;
  readonly actual: number;
  /** Declared resources that were compared and have no drift. */
  readonly inSync: number;
  /** Declared resources nobody can tell about, because their type was not read or not readable. */
  readonly notChecked: number;
  /** Differences in spelling that rules recognised as none in meaning. */
  readonly suppressed: number;
  /** Differences an ignore rule silenced. */
  readonly ignored: number;
  /** Values that could not be compared. */
  readonly notCompared: number;
}

/** What a scan found, however it ran; `scan` and `up` show it with the same functions. */
export interface ScanResult {
  readonly drifts: readonly ShownDrift[];
  readonly coverage: readonly Coverage[];
  readonly counts: ScanCounts;
  /** Why declared resources were not checked, most frequent first. */
  readonly unchecked: readonly { readonly reason: string; readonly resources: number }[];
  /** Why live resources that no code declares are no news, most frequent first. */
  readonly passedOver: readonly { readonly reason: string; readonly resources: number }[];
  /** Ignore rules that silenced nothing: probably mistyped, or not needed any more. */
  readonly unusedRules: readonly { readonly name: string; readonly origin: string }[];
}

export const SEVERITY_ORDER: readonly SeverityLevel[] = ['critical', 'high', 'medium', 'low'];
/** Surest first. */
export const VERDICT_ORDER: readonly ShownVerdict[] = ['confirmed', 'potential', 'unverifiable'];

/** Worst first, surest first, then by address, so two runs over the same estate read the same. */
export function inReadingOrder(drifts: readonly ShownDrift[]): ShownDrift[] {
  return [...drifts].sort(
    (left, right) =>
      VERDICT_ORDER.indexOf(left.verdict) - VERDICT_ORDER.indexOf(right.verdict) ||
      SEVERITY_ORDER.indexOf(left.severity) - SEVERITY_ORDER.indexOf(right.severity) ||
      compareText(left.address, right.address),
  );
}

function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** Share of (type, account, region) that were read completely, 0–1; 1 when nothing was to be read. */
export function coverageScore(coverage: readonly Coverage[]): number {
  if (coverage.length === 0) return 1;
  return coverage.filter(({ status }) => status === 'complete').length / coverage.length;
}

/** What a resource that no code declares is called: a Kubernetes id says its kind already. */
export function undeclaredName(type: string, id: string | null): string {
  if (id === null) return type;
  return id.includes(`/${type}/`) ? id : `${type} ${id}`;
}
