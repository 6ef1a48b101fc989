import type {
  ActualResource,
  Coverage,
  DeclaredResource,
  JsonObject,
} from '../../../core/providers/index.js';
import { compareResource } from './compare-resource.js';
import type { Finding, ResourceReport, SecuritySense } from './findings.js';
import type { IgnoreRule } from './ignore/ignore-rule.js';
import { IgnoreRules } from './ignore/ignore-rules.js';
import type { Knowledge } from './knowledge.js';
import { classifyUnmanaged, type Classification } from './match/classify-unmanaged.js';
import { whyNotDeleted } from './match/coverage-lookup.js';
import { DEFAULT_NAMESPACE } from './match/identity.js';
import { Matcher } from './match/matcher.js';
import { Moves, type PreviousPlaces } from './match/moves.js';
import { ownership } from './match/ownership.js';
import { senseMissing, senseUnmanaged } from './security/index.js';
import { createEstate, DEFAULT_OPTIONS, type CompareOptions, type Estate } from './scan-facts.js';

export interface DetectorInput {
  readonly declared: readonly DeclaredResource[];
  readonly knowledge: Knowledge;
  readonly accountId?: string | null;
  readonly region?: string | null;
  /** Kubernetes namespaces the live side was read in; empty or absent means all. Coverage counts by kind and cannot say. */
  readonly namespaces?: readonly string[];
  /** Where the last scan found things, so that a move is seen without a `moved` block; empty by default. */
  readonly previous?: PreviousPlaces;
  /** Resources the provider itself records as deleted: proof where nothing else was read; none by default. */
  readonly deleted?: readonly ActualResource[];
  /** Further facts, see `ScanFacts.facts`. */
  readonly facts?: JsonObject;
  readonly options?: Partial<CompareOptions>;
}

/** What became of each resource. Every declared one yields exactly one of the first three. */
export type Detection =
  | {
      readonly kind: 'compared';
      readonly declared: DeclaredResource;
      readonly actual: ActualResource;
      readonly report: ResourceReport;
    }
  | {
      readonly kind: 'missing';
      readonly declared: DeclaredResource;
      /** What its absence means for security; null when no rule knows. */
      readonly security: SecuritySense | null;
    }
  | {
      readonly kind: 'unread';
      readonly declared: DeclaredResource;
      readonly reason: string;
      /** The code itself may say that it moved; null when it does not. */
      readonly move: Finding | null;
    }
  | {
      readonly kind: 'unmanaged';
      readonly actual: ActualResource;
      readonly classification: Classification;
      /** What its existence means for security; null when no rule knows or it is no news. */
      readonly security: SecuritySense | null;
    };

/**
 * One run of detection: declared resources first, then every live one through `observe`, then `finish`.
 * The same class serves the worker, the CLI and the benchmark. Detections come in the order of the declared side, then
 * unmanaged resources by type and id, so equal input gives equal output.
 */
export class DriftDetector {
  private readonly matcher: Matcher;
  private readonly actual: ActualResource[] = [];
  private readonly unmanaged: ActualResource[] = [];

  private readonly ignoreRules: IgnoreRules;

  constructor(private readonly input: DetectorInput) {
    this.ignoreRules = new IgnoreRules(input.options?.ignoreRules ?? []);
    this.matcher = new Matcher(input.declared, input.knowledge, this.homeNamespace());
  }

  /** Where manifests without a namespace were applied, as far as anybody said; undefined leaves it at the default. */
  private homeNamespace(): string | undefined {
    const { namespaces = [], facts = {} } = this.input;
    if (typeof facts.namespace === 'string' && facts.namespace !== '') return facts.namespace;
    return namespaces.length === 1 ? namespaces[0] : undefined;
  }

  observe(resource: ActualResource): void {
    this.actual.push(resource);
    if (!this.matcher.observe(resource)) this.unmanaged.push(resource);
  }

  /** Ignore rules that silenced nothing; complete once `finish` has run to its end. */
  unusedIgnoreRules(): readonly IgnoreRule[] {
    return this.ignoreRules.unused();
  }

  private outsideNamespaces(declared: DeclaredResource, estate: Estate): string | null {
    const { namespaces = [] } = this.input;
    if (declared.provider !== 'kubernetes' || namespaces.length === 0) return null;
    const namespace = declared.scope.namespace ?? this.impliedNamespace(declared, estate);
    return namespace === null || namespaces.includes(namespace)
      ? null
      : `namespace ${namespace} was not read in this scan`;
  }

  /** Where a manifest without a namespace is looked for; null where objects of its kind have none. */
  private impliedNamespace({ format, type }: DeclaredResource, estate: Estate): string | null {
    if (format !== 'k8s-manifest') return null;
    const namespaced = estate.actualOfType(type).every(({ scope }) => scope.namespace !== null);
    return namespaced ? (this.homeNamespace() ?? DEFAULT_NAMESPACE) : null;
  }

  private recordedAsDeleted(): ReadonlySet<DeclaredResource> {
    const { declared, knowledge, deleted = [] } = this.input;
    if (deleted.length === 0) return new Set();
    const matcher = new Matcher(declared, knowledge, this.homeNamespace());
    for (const resource of deleted) matcher.observe(resource);
    return new Set([...matcher.pairs()].flatMap((pair) => (pair.actual ? [pair.declared] : [])));
  }

  *finish(coverage: readonly Coverage[]): Generator<Detection, void> {
    const { declared: all, knowledge, accountId = null, region = null, facts = {} } = this.input;
    const scan = { accountId, region, facts, estate: createEstate(all, this.actual) };
    const options: CompareOptions = { ...DEFAULT_OPTIONS, ...this.input.options };
    const moves = new Moves(all, this.input.previous ?? new Map());
    const eliminated = this.matcher.eliminate(this.unmanaged);
    const deleted = this.recordedAsDeleted();
    for (const { declared, actual } of this.matcher.pairs()) {
      if (actual) {
        const ignores = this.ignoreRules.forPair(declared, actual);
        const trusted = [...options.trustedManagers, ...ignores.actors];
        const own = ignores.actors.length > 0 ? { ...options, trustedManagers: trusted } : options;
        const report = compareResource({
          declared,
          actual,
          scan,
          knowledge,
          options: own,
          ignores,
        });
        yield {
          kind: 'compared',
          declared,
          actual,
          report: withMoves(report, declared, actual, moves),
        };
        continue;
      }
      const rule = this.ignoreRules.coveringMissing(declared);
      const reason = rule
        ? `ignored by ${rule.name} (${rule.origin})`
        : deleted.has(declared)
          ? null
          : (this.outsideNamespaces(declared, scan.estate) ??
            whyNotDeleted(declared, coverage, knowledge));
      if (reason === null) yield { kind: 'missing', declared, security: senseMissing(declared) };
      else yield { kind: 'unread', declared, reason, move: moves.moved(declared, undefined) };
    }
    const context = ownership(scan.estate, () => this.matcher.pairs());
    const left = this.unmanaged
      .filter((actual) => !eliminated.has(actual))
      .sort((a, b) => (a.type === b.type ? compareText(a.id, b.id) : compareText(a.type, b.type)));
    for (const actual of left) {
      const rule = this.ignoreRules.coveringUnmanaged(actual);
      const classification: Classification = rule
        ? { class: 'ignored', reason: `${rule.name} (${rule.origin})` }
        : classifyUnmanaged(actual, context);
      const security = classification.class === 'unmanaged' ? senseUnmanaged(actual) : null;
      yield { kind: 'unmanaged', actual, classification, security };
    }
  }
}

/** A move and a replacement are differences of the resource as a whole, beside those of its fields. */
function withMoves(
  report: ResourceReport,
  declared: DeclaredResource,
  actual: ActualResource,
  moves: Moves,
): ResourceReport {
  const moved = moves.moved(declared, actual);
  const replaced = report.findings.some(({ path }) => path === 'id')
    ? null
    : moves.replaced(declared, actual);
  if (moved === null && replaced === null) return report;
  const whole = [moved, replaced].filter((finding) => finding !== null);
  return { ...report, findings: [...whole, ...report.findings] };
}

function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
