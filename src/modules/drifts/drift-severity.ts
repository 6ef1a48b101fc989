import type { DriftType, DriftVerdict } from './drift-choices.js';

/** What a change means for security; null when no rule knows. The engine's `SecuritySense` fits. */
export interface ChangeSecurity {
  /** True when the change weakens a protection. */
  readonly critical: boolean;
  readonly direction: 'weakened' | 'strengthened' | 'changed';
  /** How grave the rule or published check calls it; null or left out where it does not say. */
  readonly severity?: 'low' | 'medium' | 'high' | 'critical' | null;
}

export interface SeverityFacts {
  readonly driftType: DriftType;
  readonly verdict: DriftVerdict;
  readonly environment: { readonly criticality: EnvironmentCriticality };
  readonly changes: readonly { readonly security: ChangeSecurity | null }[];
  /** What the loss or existence of the whole resource means; null or left out when no rule knows. */
  readonly security?: ChangeSecurity | null;
}

export type EnvironmentCriticality = 'low' | 'medium' | 'high' | 'critical';

export interface SeverityFactor {
  readonly factor: string;
  /** Share of the score this factor added or took, before clamping to 0–1. */
  readonly points: number;
}

export interface Severity {
  /** 0–1, two decimals. */
  readonly score: number;
  readonly level: 'low' | 'medium' | 'high' | 'critical';
  readonly factors: readonly SeverityFactor[];
}

/** What a drift of this type costs at least: a missing resource is an outage, a moved one a formality. */
const BASE: Readonly<Record<DriftType, number>> = {
  deleted: 0.55,
  modified: 0.3,
  added: 0.25,
  moved: 0.1,
};
const CRITICALITY: Readonly<Record<EnvironmentCriticality, number>> = {
  low: -0.1,
  medium: 0,
  high: 0.1,
  critical: 0.15,
};
/** Together with the base of a modified resource, a confirmed change lands on the level its check is published with. */
const WEAKENED = { critical: 0.5, high: 0.35, medium: 0.2, low: 0.04 } as const;
/** A setting nobody has rated counts as high. */
const UNRATED = 'high';
const GRADES = ['critical', 'high', 'medium', 'low'] as const;
const SECURITY_CHANGED = { critical: 0.1, high: 0.1, medium: 0.1, low: 0.02 } as const;
const STRENGTHENED = -0.15;
const MANY_CHANGES = 0.05;
const MANY = 5;
/** A potential drift weighs less than a proven one; something that could not be read weighs least. */
const VERDICT: Readonly<Record<DriftVerdict, number>> = {
  confirmed: 1,
  potential: 0.6,
  unverifiable: 0.3,
};

/**
 * Rule-based severity, documented in docs/severity.md: base by drift type, plus the worst security change, plus the
 * environment's criticality, times how sure we are. One weakened security setting counts fully: ten harmless changes
 * beside it do not dilute it, and a strengthened one lowers the score only when no other change touches security.
 */
export function driftSeverity(facts: SeverityFacts): Severity {
  const factors: SeverityFactor[] = [
    { factor: `drift_type:${facts.driftType}`, points: BASE[facts.driftType] },
    {
      factor: `environment:${facts.environment.criticality}`,
      points: CRITICALITY[facts.environment.criticality],
    },
    ...securityFactors(facts),
  ];
  if (facts.changes.length >= MANY) factors.push({ factor: 'many_changes', points: MANY_CHANGES });
  const sum = factors.reduce((total, { points }) => total + points, 0);
  const weight = VERDICT[facts.verdict];
  if (weight < 1)
    factors.push({ factor: `verdict:${facts.verdict}`, points: round(sum * weight - sum) });
  const score = round(Math.min(1, Math.max(0, sum * weight)));
  return { score, level: severityLevel(score), factors };
}

function securityFactors(facts: SeverityFacts): SeverityFactor[] {
  const senses = [...facts.changes.map(({ security }) => security), facts.security ?? null].filter(
    (security) => security !== null,
  );
  const weakened = gravest(senses.filter(({ critical }) => critical));
  if (weakened !== undefined)
    return [{ factor: `security_weakened:${weakened}`, points: WEAKENED[weakened] }];
  const changed = gravest(senses.filter(({ direction }) => direction !== 'strengthened'));
  if (changed !== undefined)
    return [{ factor: `security_changed:${changed}`, points: SECURITY_CHANGED[changed] }];
  return senses.length === 0 ? [] : [{ factor: 'security_strengthened', points: STRENGTHENED }];
}

/** Undefined when there is none. */
function gravest(senses: readonly ChangeSecurity[]): (typeof GRADES)[number] | undefined {
  return GRADES.find((grade) => senses.some(({ severity }) => (severity ?? UNRATED) === grade));
}

export function severityLevel(score: number): Severity['level'] {
  if (score >= 0.8) return 'critical';
  if (score >= 0.6) return 'high';
  return score >= 0.35 ? 'medium' : 'low';
}

/** How sure a verdict is, 0–1, as `confidence_score` until a model says better. */
export const VERDICT_CONFIDENCE: Readonly<Record<DriftVerdict, number>> = {
  confirmed: 0.95,
  potential: 0.5,
  unverifiable: 0.2,
};

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
