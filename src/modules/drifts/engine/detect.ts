import type { ActualResource, Coverage, DeclaredResource } from '../../../core/providers/index.js';
import { compareEverywhere } from './compare-everywhere.js';
import { compareResource } from './compare-resource.js';
import type { Detection, DetectorInput, Outcome } from './detection.js';
import type { Finding, ResourceReport } from './findings.js';
import type { IgnoreRule } from './ignore/ignore-rule.js';
import { IgnoreRules } from './ignore/ignore-rules.js';
import {
  classifyUnmanaged,
  type ClassContext,
  type Classification,
} from './match/classify-unmanaged.js';
import { whyNotDeleted } from './match/coverage-lookup.js';
import { DEFAULT_NAMESPACE } from './match/identity.js';
import { Matcher } from './match/matcher.js';
import { Moves } from './match/moves.js';
import { toldAsRenamed } from './match/renames.js';
import { ownership } from './match/ownership.js';
import { senseMissing, senseUnmanaged } from './security/index.js';
import { Recollection } from './recall/recollection.js';
import {
  DEFAULT_OPTIONS,
  type CompareOptions,
  type Estate,
  ScanEstate,
  type ScanFacts,
} from './scan-facts.js';

export type { Detection, DetectorInput, LookedAt } from './detection.js';

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
    this.ignoreRules = new IgnoreRules(input.options?.ignoreRules ?? [], input.knowledge);
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
    const { declared: all, knowledge, previous = new Map<string, string>() } = this.input;
    const { accountId = null, region = null, facts = {}, memory, wanted = () => true } = this.input;
    const estate = new ScanEstate(all, this.actual);
    const options: CompareOptions = { ...DEFAULT_OPTIONS, ...this.input.options };
    const run: Run = {
      scan: { accountId, region, facts, estate },
      options,
      moves: new Moves(all, previous),
      recollection:
        memory &&
        new Recollection(memory, estate, this.ignoreRules, { accountId, region, facts, options }),
    };
    const eliminated = this.matcher.eliminate(this.unmanaged);
    const deleted = this.recordedAsDeleted();
    for (const { declared, actual } of this.matcher.pairs()) {
      if (actual) {
        yield this.pair(declared, actual, run);
        continue;
      }
      const why = deleted.has(declared)
        ? null
        : (this.outsideNamespaces(declared, estate) ??
          whyNotDeleted(declared, coverage, knowledge));
      yield this.absent(declared, why, run);
    }
    const left = this.unmanaged
      .filter((actual) => !eliminated.has(actual) && wanted(actual))
      .sort((a, b) => (a.type === b.type ? compareText(a.id, b.id) : compareText(a.type, b.type)));
    yield* this.unowned(left, run);
  }

  /** Looks at a pair, unless that would only find out again what is known. */
  private pair(declared: DeclaredResource, actual: ActualResource, run: Run): Detection {
    const besides = this.matcher.alsoIn(declared, actual);
    const { recollection, moves } = run;
    const before = this.input.previous?.get(declared.address);
    const place = before === declared.id ? undefined : before;
    const key =
      recollection?.keyOf(
        [declared, actual, ...besides],
        [place ?? null, moves.moved(declared, actual)],
      ) ?? null;
    if (key !== null && recollection?.holds(key) === true)
      return { kind: 'unchanged', declared, actual, key };
    return traced(recollection, key, () => this.look(declared, actual, besides, run));
  }

  /** `why` nobody can tell whether it is deleted; null when it is. */
  private absent(declared: DeclaredResource, why: string | null, run: Run): Detection {
    const { recollection } = run;
    const move = run.moves.moved(declared, undefined);
    const key = recollection?.keyOf([declared], ['absent', why, move]) ?? null;
    if (key !== null && recollection?.holds(key) === true)
      return { kind: 'unchanged', declared, actual: null, key };
    return traced(recollection, key, () => {
      const rule = this.ignoreRules.coveringMissing(declared);
      const reason = rule ? `ignored by ${rule.name} (${rule.origin})` : why;
      return reason === null
        ? { kind: 'missing', declared, security: senseMissing(declared) }
        : unread(declared, reason, move);
    });
  }

  private look(
    declared: DeclaredResource,
    actual: ActualResource,
    besides: readonly ActualResource[],
    { scan, options, moves }: Run,
  ): Outcome {
    const { knowledge } = this.input;
    const ignores = this.ignoreRules.forPair(declared, actual);
    const compareWith = (other: ActualResource): ResourceReport =>
      compareResource({ declared, actual: other, scan, knowledge, options, ignores });
    const report = compareEverywhere({ declared, actual, besides }, compareWith);
    if (report.gone === undefined) {
      return {
        kind: 'compared',
        declared,
        actual,
        report: withMoves(report, declared, actual, moves),
      };
    }
    const rule = this.ignoreRules.coveringMissing(declared);
    if (rule) return unread(declared, `ignored by ${rule.name} (${rule.origin})`, null);
    return { kind: 'missing', declared, security: senseMissing(declared) };
  }

  /** What no code declares. Whose it is depends on the identity of everything that is declared. */
  private *unowned(left: readonly ActualResource[], run: Run): Generator<Detection> {
    const { recollection } = run;
    const context = ownership(run.scan.estate, () => this.matcher.pairs());
    const owners =
      left.length === 0 || recollection === undefined
        ? undefined
        : identityDigest(this.matcher.pairs(), (text) => recollection.hash(text));
    for (const actual of left) {
      const key = recollection?.keyOf([actual], ['unmanaged', owners]) ?? null;
      if (key !== null && recollection?.holds(key) === true)
        yield { kind: 'unchanged', declared: null, actual, key };
      else yield traced(recollection, key, () => this.classify(actual, context));
    }
  }

  private classify(actual: ActualResource, context: ClassContext): Outcome {
    const rule = this.ignoreRules.coveringUnmanaged(actual);
    const classification: Classification = rule
      ? { class: 'ignored', reason: `${rule.name} (${rule.origin})` }
      : classifyUnmanaged(actual, context);
    const security = classification.class === 'unmanaged' ? senseUnmanaged(actual) : null;
    return { kind: 'unmanaged', actual, classification, security };
  }
}

/** What is the same for every resource of one run. */
interface Run {
  readonly scan: ScanFacts & { readonly estate: ScanEstate };
  readonly options: CompareOptions;
  readonly moves: Moves;
  readonly recollection: Recollection | undefined;
}

function traced(
  recollection: Recollection | undefined,
  key: string | null,
  look: () => Outcome,
): Detection {
  if (recollection === undefined) return look();
  const [outcome, remembered] = recollection.trace(key, look);
  return remembered === undefined ? outcome : { ...outcome, remembered };
}

/** Stands for every fact about pairs that ownership is told by, and for their order. */
function identityDigest(
  pairs: Iterable<DeclaredAndActual>,
  hash: (text: string) => string,
): string {
  let digest = '';
  for (const { declared, actual } of pairs) {
    const { address, id, name, type } = declared;
    const live = actual && [actual.id, actual.aliases, actual.name, actual.type];
    digest = hash(digest + JSON.stringify([address, id, name, type, live]));
  }
  return digest;
}

interface DeclaredAndActual {
  readonly declared: DeclaredResource;
  readonly actual: ActualResource | undefined;
}

function unread(declared: DeclaredResource, reason: string, move: Finding | null): Outcome {
  return { kind: 'unread', declared, reason, move };
}

/** A move and a replacement are differences of the resource as a whole, beside those of its fields; a rename is one of its name. */
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
  const whole = [moved, replaced].filter((finding) => finding !== null);
  const own =
    replaced === null ? toldAsRenamed(report.findings, declared, actual) : report.findings;
  return whole.length === 0 && own === report.findings
    ? report
    : { ...report, findings: [...whole, ...own] };
}

function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
