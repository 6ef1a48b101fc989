import type {
  Attribution,
  CoverageStatus,
  JsonValue,
  Provider,
} from '../../core/providers/index.js';

/** The parts of the API's answers that `up` reads; openapi/driftguard.json describes them whole. */
export interface ApiPage<T> {
  readonly data: readonly T[];
  readonly pagination: { readonly next_cursor: string | null };
}

export interface ApiEnvironment {
  readonly id: string;
  readonly name: string;
  readonly provider: string;
  readonly cloud_settings: { readonly endpoint: string | null };
}

export interface NewEnvironment {
  readonly name: string;
  readonly description: string;
  readonly provider: string;
  readonly criticality: string;
  readonly is_production: boolean;
  readonly cloud_settings: Readonly<Record<string, JsonValue>>;
  readonly credentials: Readonly<Record<string, string>>;
}

export interface ApiSource {
  readonly id: string;
  readonly name: string;
}

export interface NewSource {
  readonly environment_id: string;
  readonly name: string;
  readonly kind: string;
  readonly path: string;
  readonly options: Readonly<Record<string, JsonValue>>;
}

export type ApiScanStatus = 'queued' | 'running' | 'succeeded' | 'partial' | 'failed' | 'cancelled';

export interface ApiScan {
  readonly id: string;
  readonly status: ApiScanStatus;
  readonly progress: {
    readonly done: number;
    readonly total: number | null;
    readonly label: string;
  };
  readonly passed_over: readonly { readonly reason: string; readonly resources: number }[];
  readonly unused_ignore_rules: readonly { readonly name: string; readonly origin: string }[];
  readonly counts: {
    readonly declared: number;
    readonly actual: number;
    readonly in_sync: number;
    readonly unread: number;
    readonly unverifiable: number;
    readonly suppressed: number;
  };
  readonly coverage: readonly {
    readonly provider: Provider;
    readonly resource_type: string;
    readonly account_id: string | null;
    readonly region: string | null;
    readonly status: CoverageStatus;
    readonly resources: number;
    readonly pages: number;
    readonly message: string | null;
  }[];
  readonly problems: readonly { readonly code: string; readonly message: string }[];
}

export interface ApiChange {
  readonly property_path: string;
  readonly declared_value: JsonValue;
  readonly actual_value: JsonValue;
  readonly change_type: 'modified' | 'added' | 'removed';
  readonly verdict: 'confirmed' | 'potential' | 'unverifiable';
  readonly is_security_critical: boolean;
  readonly explanation: string | null;
}

export interface ApiDrift {
  readonly id: string;
  readonly drift_type: 'modified' | 'deleted' | 'added' | 'moved';
  readonly verdict: 'confirmed' | 'potential' | 'unverifiable';
  readonly severity_score: number | null;
  readonly resource_type: string;
  readonly resource_id: string | null;
  readonly resource_address: string | null;
  readonly metadata?: {
    readonly location?: { readonly file: string; readonly line: number | null };
  };
  readonly attribution: Attribution | null;
  readonly changes: readonly ApiChange[];
}
