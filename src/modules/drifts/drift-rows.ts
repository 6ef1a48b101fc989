import type { Attribution, JsonObject, JsonValue } from '../../core/providers/index.js';
import type { ChangeType, DriftType, DriftVerdict, ResolutionType } from './drift-choices.js';
import type { DriftStatus } from './drift-status.js';

/** One line of the list, as the database answers it. */
export interface DriftRow {
  readonly id: string;
  readonly environment_id: string;
  readonly environment_name: string;
  readonly source_id: string | null;
  readonly iac_resource_id: string | null;
  readonly drift_type: DriftType;
  readonly status: DriftStatus;
  readonly verdict: DriftVerdict;
  readonly provider: string;
  readonly resource_type: string;
  readonly resource_id: string | null;
  readonly resource_address: string | null;
  readonly account_id: string | null;
  readonly region: string | null;
  readonly namespace: string | null;
  readonly is_security_critical: boolean;
  readonly detected_at: Date;
  readonly first_seen_at: Date;
  readonly last_seen_at: Date;
  readonly first_scan_id: string;
  readonly last_scan_id: string;
  readonly seen_count: number;
  readonly reopened_count: number;
  readonly resolved_at: Date | null;
  readonly resolution_type: ResolutionType | null;
  readonly resolved_by: string | null;
  readonly resolved_by_scan_id: string | null;
  readonly resolution_comment: string | null;
  /** Numeric columns arrive as text. */
  readonly severity_score: string | null;
  readonly confidence_score: string | null;
  readonly risk_assessment: JsonObject;
  readonly tags: JsonObject;
  readonly metadata: JsonObject;
  readonly attribution: Attribution | null;
}

export interface DriftStateRow {
  readonly declared_state: JsonObject | null;
  readonly actual_state: JsonObject | null;
}

export interface DriftChangeRow {
  readonly id: string;
  readonly drift_event_id: string;
  readonly property_path: string;
  readonly actual_path: string;
  readonly declared_value: JsonValue;
  readonly actual_value: JsonValue;
  readonly change_type: ChangeType;
  readonly verdict: DriftVerdict;
  readonly is_security_critical: boolean;
  readonly rule: string | null;
  readonly explanation: string;
  readonly security_reason: string | null;
  readonly attribution: Attribution | null;
}

/** Null means any. */
export interface DriftFilter {
  readonly environmentId: string | null;
  readonly driftTypes: readonly DriftType[] | null;
  readonly statuses: readonly DriftStatus[] | null;
  readonly verdicts: readonly DriftVerdict[] | null;
  readonly resourceType: string | null;
  /** 0–1 */
  readonly minSeverity: number | null;
  readonly isSecurityCritical: boolean | null;
  readonly resolved: boolean | null;
  readonly detectedFrom: Date | null;
  readonly detectedBefore: Date | null;
  /** Part of address, id, type or environment name, in any case. */
  readonly search: string | null;
  readonly direction: 'asc' | 'desc';
  /** The last row of the page before; the time with all its digits. */
  readonly after: { readonly detectedAt: string; readonly id: string } | null;
  readonly limit: number;
}
