import type { JsonValue } from '../../../../core/providers/index.js';
import type { Change, Finding, NotCompared, Suppression, Verdict } from '../findings.js';
import type { Place } from '../place.js';

export interface FindingDraft {
  readonly place: Place;
  readonly verdict: Verdict;
  readonly change: Change;
  readonly declared: JsonValue | undefined;
  readonly actual: JsonValue | undefined;
  readonly rule: string | null;
  readonly explanation: string;
  readonly sensitive: boolean;
}

/** Both sides of what a rule silenced; for strict mode. */
export interface SuppressedValues {
  readonly declared: JsonValue | undefined;
  readonly actual: JsonValue | undefined;
  readonly sensitive?: boolean;
}

/** What is shown in place of a secret. */
export const MASKED = '(sensitive)';

function shown(value: JsonValue | undefined, sensitive: boolean): JsonValue {
  if (value === undefined || value === null) return null;
  return sensitive ? MASKED : value;
}

/** Collects what a walk finds. A trial walk uses one of its own and throws it away or merges it. */
export class ReportBuilder {
  readonly findings: Finding[] = [];
  readonly suppressed: Suppression[] = [];
  readonly notCompared: NotCompared[] = [];
  comparedLeaves = 0;

  constructor(
    readonly address: string,
    /** Strict mode: what a rule silences is listed as a potential finding too. */
    private readonly strict = false,
  ) {}

  /** An empty report for a walk on trial. */
  trial(): ReportBuilder {
    return new ReportBuilder(this.address, this.strict);
  }

  find(draft: FindingDraft): void {
    const { place, verdict, change, rule, explanation, sensitive } = draft;
    this.findings.push({
      address: this.address,
      path: place.path,
      actualPath: place.actualPath,
      verdict,
      change,
      declared: shown(draft.declared, sensitive),
      actual: shown(draft.actual, sensitive),
      rule,
      explanation,
      sensitive,
      security: null,
    });
  }

  suppress(place: Place, rule: string, explanation: string, values?: SuppressedValues): void {
    this.suppressed.push({ address: this.address, path: place.path, rule, explanation });
    if (!this.strict) return;
    const { declared, actual, sensitive = false } = values ?? {};
    const change = declared === undefined ? 'added' : actual === undefined ? 'removed' : 'modified';
    this.find({
      place,
      verdict: 'potential',
      change,
      declared,
      actual,
      rule,
      explanation,
      sensitive,
    });
  }

  /**
   * Replaces the findings since `from` by one: a list of a million changed elements is one change, and nobody reads a
   * million lines. `from` is the number of findings before.
   */
  collapse(from: number, draft: FindingDraft): void {
    this.findings.splice(from);
    this.find(draft);
  }

  skip(place: Place, reason: string): void {
    this.notCompared.push({ address: this.address, path: place.path, reason });
  }

  /** True when something here says the two are not the same. */
  get contradicted(): boolean {
    return this.findings.some((finding) => finding.verdict === 'confirmed');
  }

  merge(other: ReportBuilder): void {
    this.findings.push(...other.findings);
    this.suppressed.push(...other.suppressed);
    this.notCompared.push(...other.notCompared);
    this.comparedLeaves += other.comparedLeaves;
  }
}
