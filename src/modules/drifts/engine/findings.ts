import type { JsonValue } from '../../../core/providers/index.js';

/** How sure a finding is. Unknown is never shown as clean: it is `unverifiable`. */
export const VERDICTS = ['confirmed', 'potential', 'unverifiable'] as const;
export type Verdict = (typeof VERDICTS)[number];

export const CHANGES = ['modified', 'added', 'removed', 'moved'] as const;
export type Change = (typeof CHANGES)[number];

/** How grave a change of security is; null where no rule or check rates it. */
export type SecuritySeverity = 'low' | 'medium' | 'high' | 'critical' | null;

/** Whether a change touches security, and which way it went. */
export interface SecuritySense {
  /** True when the change weakens a protection. */
  readonly critical: boolean;
  readonly direction: 'weakened' | 'strengthened' | 'changed';
  readonly severity: SecuritySeverity;
  /** One sentence naming the rule or published check. */
  readonly reason: string;
}

/** One difference, in the words of the user's own code. */
export interface Finding {
  readonly address: string;
  /** Path in the declared vocabulary: `ingress[0].cidr_blocks`; empty for the resource as a whole. */
  readonly path: string;
  /** The same place in the provider's vocabulary. */
  readonly actualPath: string;
  readonly verdict: Verdict;
  readonly change: Change;
  /** Null when absent. A sensitive value is masked, never shown. */
  readonly declared: JsonValue;
  readonly actual: JsonValue;
  /** The comparator or rule that decided the verdict; null for a plain difference. */
  readonly rule: string | null;
  /** One sentence a reader can check. */
  readonly explanation: string;
  readonly sensitive: boolean;
  readonly security: SecuritySense | null;
}

/** A difference in bytes that is none in meaning, with the rule that says so. */
export interface Suppression {
  readonly address: string;
  readonly path: string;
  readonly rule: string;
  readonly explanation: string;
}

export interface NotCompared {
  readonly address: string;
  readonly path: string;
  readonly reason: string;
}

/** The outcome for one matched pair. Coverage of the pair is `comparedLeaves / declaredLeaves`. */
export interface ResourceReport {
  readonly address: string;
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Suppression[];
  readonly notCompared: readonly NotCompared[];
  /** Declared leaf values, null and empty ones not counted. */
  readonly declaredLeaves: number;
  readonly comparedLeaves: number;
  /** Set where the resource is a part of the live one and is not there any more: deleted, not modified. */
  readonly gone?: string;
}

/** False when not one declared value could be compared: such a resource is not "in sync", it was not checked. */
export function wasChecked(report: ResourceReport): boolean {
  return report.comparedLeaves > 0 || report.declaredLeaves === 0;
}
