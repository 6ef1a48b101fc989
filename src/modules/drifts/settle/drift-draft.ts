import type {
  Attribution,
  JsonObject,
  JsonValue,
  Provider,
} from '../../../core/providers/index.js';
import type { ChangeType, DriftType, DriftVerdict } from '../drift-choices.js';

/** A change as it will be stored: secrets masked. */
export interface ChangeDraft {
  readonly id: string;
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
  /** Null while nobody knows. */
  readonly attribution: Attribution | null;
}

/** What one scan says about one drift, ready to be stored: secrets masked, severity rated. */
export interface DriftDraft {
  /** Used when the fingerprint is new. */
  readonly id: string;
  readonly fingerprint: string;
  readonly drift_type: DriftType;
  readonly verdict: DriftVerdict;
  readonly source_id: string | null;
  readonly provider: Provider;
  readonly resource_type: string;
  readonly native_type: string | null;
  readonly resource_id: string | null;
  readonly resource_address: string | null;
  readonly account_id: string | null;
  readonly region: string | null;
  readonly namespace: string | null;
  readonly actual_state: JsonObject | null;
  readonly declared_state: JsonObject | null;
  readonly differences_hash: string;
  readonly is_security_critical: boolean;
  readonly severity_score: number;
  readonly confidence_score: number;
  readonly risk_assessment: JsonObject;
  readonly tags: JsonObject;
  readonly metadata: JsonObject;
  /** Of the resource as a whole: the latest known writer of what drifted; null while nobody knows. */
  readonly attribution: Attribution | null;
  readonly changes: readonly ChangeDraft[];
}

/** A drift that is stored as a look at it would draft it again. */
export interface KnownDrift {
  readonly fingerprint: string;
  readonly differences_hash: string;
  readonly source_id: string | null;
  readonly resource_address: string | null;
}

/**
 * What a scan observed about one fingerprint: a drift, one that is as it was, or that it could not look, which keeps an open
 * drift open.
 */
export type Observation =
  | { readonly kind: 'drift'; readonly draft: DriftDraft }
  | { readonly kind: 'known'; readonly drift: KnownDrift }
  | { readonly kind: 'unseen'; readonly fingerprint: string };
