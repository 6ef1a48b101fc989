import { randomBytes } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { TenantHasher } from '../../core/crypto/index.js';
import { ValueMasker } from '../../core/privacy/index.js';
import type {
  ActualResource,
  Coverage,
  DeclaredResource,
  InventoryRecord,
  SourceNotice,
} from '../../core/providers/index.js';
import { onlyRegion } from '../../core/providers/index.js';
import { needsLook, planCoverage } from '../../modules/drifts/detection/plan-coverage.js';
import { UnmanagedFilter } from '../../modules/drifts/detection/unmanaged-filter.js';
import {
  DriftDetector,
  type Detection,
  type IgnoreRule,
  type NotCompared,
  type PreviousPlaces,
  type UnmanagedClass,
  type Suppression,
  wasChecked,
} from '../../modules/drifts/engine/index.js';
import { LIFECYCLE_RULE } from '../../modules/drifts/ignore-rules/index.js';
import { openKnowledge } from '../../modules/drifts/knowledge/knowledge-shelf.js';
import { moveOnly, observationsOf } from '../../modules/drifts/settle/draft-drifts.js';
import type { DriftDraft } from '../../modules/drifts/settle/drift-draft.js';
import { RemainingTime } from '../../modules/drifts/scans/remaining-time.js';
import type { Progress } from '../output/progress.js';
import { count } from '../output/text.js';
import type { ScanResult } from '../output/scan-result.js';
import type { DeclaredSide } from './declared-side.js';
import { regionsOf } from './cloud-places.js';
import type { ScanOptions } from './scan-options.js';
import { showDraft } from './show-draft.js';

/** The result with everything a machine may want to know. */
export interface DetailedResult extends ScanResult {
  readonly drafts: readonly DriftDraft[];
  readonly notCompared: readonly NotCompared[];
  readonly suppressed: readonly Suppression[];
  /** What the live side had to say. */
  readonly notices: readonly SourceNotice[];
  /** Live resources no code declares that are no news, each with its class. */
  readonly expected: readonly ExpectedResource[];
}

export interface ExpectedResource {
  readonly type: string;
  readonly id: string;
  readonly class: UnmanagedClass;
  readonly reason: string;
}

export interface DetectionInput {
  readonly declared: DeclaredSide;
  /** Null when plans bring their own live side. */
  readonly records: AsyncIterable<InventoryRecord> | Iterable<InventoryRecord> | null;
  /** Resources the recording says were deleted. */
  readonly deleted: readonly ActualResource[];
  readonly accountId: string | null;
  readonly namespaces: readonly string[];
  readonly options: ScanOptions;
  readonly ignoreRules: readonly IgnoreRule[];
  /** Where an earlier state had things. */
  readonly previous: PreviousPlaces;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

const TURN = 500;

/** One scan in memory: the engine of the service, without its database. */
export async function detectDrift(input: DetectionInput): Promise<DetailedResult> {
  const { declared, records, options, progress, signal } = input;
  const knowledge = openKnowledge();
  const looked = records === null ? needsLook(declared) : () => true;
  const compared = declared.resources.filter(looked);
  const detector = new DriftDetector({
    declared: compared,
    knowledge,
    accountId: input.accountId,
    namespaces: input.namespaces,
    deleted: input.deleted,
    previous: input.previous,
    region: onlyRegion(regionsOf(options.actual.regions, 'aws')),
    options: {
      strict: options.strict,
      ignorePaths: options.ignore,
      ignoreRules: input.ignoreRules,
    },
  });
  const coverage: Coverage[] = [...planCoverage(declared)];
  const notices: SourceNotice[] = [];
  const remaining = new RemainingTime();
  let actual = 0;
  let pages = 0;
  for (const resource of declared.refreshed.values()) {
    if (resource === null) continue;
    detector.observe(resource);
    actual++;
  }
  for await (const record of records ?? []) {
    signal.throwIfAborted();
    if (record.kind === 'resource') {
      detector.observe(record.resource);
      actual++;
      if (actual % TURN === 0) progress.update(`Reading the live side: ${actual} resources`);
    } else if (record.kind === 'coverage') {
      coverage.push(record.coverage);
      pages += record.coverage.pages;
    } else if (record.kind === 'notice') notices.push(record.notice);
    else {
      const eta = remaining.seconds(record.done, record.total);
      progress.update(progressText(record, { actual, pages, eta }));
    }
  }

  const collector = new ResultCollector(
    new UnmanagedFilter(compared, knowledge, options.unmanaged),
  );
  let done = 0;
  for (const detection of detector.finish(coverage)) {
    collector.add(detection);
    if (++done % TURN !== 0) continue;
    progress.update(`Comparing: ${done} of ${compared.length}`);
    await nextTurn();
    signal.throwIfAborted();
  }
  for (const resource of declared.resources) if (!looked(resource)) collector.addMove(resource);
  return collector.result({
    declared: declared.resources.length,
    actual,
    unchanged: declared.resources.length - compared.length,
    coverage,
    notices,
    unusedRules: detector.unusedIgnoreRules().filter(({ name }) => name !== LIFECYCLE_RULE),
  });
}

function progressText(
  { done, total, label }: Extract<InventoryRecord, { kind: 'progress' }>,
  read: { readonly actual: number; readonly pages: number; readonly eta: number | null },
): string {
  const parts = total === null ? `${done}` : `${done} of ${total}`;
  const left = read.eta === null || read.eta === 0 ? '' : `, about ${read.eta} s left`;
  const facts = `${count(read.actual, 'resource')}, ${count(read.pages, 'page')}${left}`;
  return `Reading the live side: ${parts} (${facts}) ${label}`;
}

class ResultCollector {
  private readonly drafts: DriftDraft[] = [];
  private readonly notCompared: NotCompared[] = [];
  private readonly suppressed: Suppression[] = [];
  private readonly unchecked = new Map<string, number>();
  private readonly expected: ExpectedResource[] = [];
  private inSync = 0;
  private notChecked = 0;
  private readonly context = {
    environment: { id: 'command-line', criticality: 'medium' as const },
    // A key of this run only: a hash shown here proves nothing anywhere else.
    masker: newMasker(),
    sourceOf: (declared: DeclaredResource): string => declared.location.file,
  };

  constructor(private readonly unmanaged: UnmanagedFilter) {}

  add(detection: Detection): void {
    // Only a scan that remembers another one takes outcomes over.
    if (detection.kind === 'unchanged') return;
    if (detection.kind === 'unmanaged' && !this.unmanaged.shows(detection.actual)) return;
    const drafts = observationsOf(detection, this.context).flatMap((observation) =>
      observation.kind === 'drift' ? [observation.draft] : [],
    );
    this.drafts.push(...drafts);
    if (detection.kind === 'unmanaged') this.pass(detection);
    if (detection.kind === 'compared') {
      this.notCompared.push(...detection.report.notCompared);
      this.suppressed.push(...detection.report.suppressed);
      if (drafts.length > 0) return;
      if (wasChecked(detection.report)) this.inSync++;
      else this.leaveUnchecked('nothing of it could be compared');
    } else if (detection.kind === 'unread') {
      const { address } = detection.declared;
      const { reason } = detection;
      this.notCompared.push({ address, path: '', reason });
      this.leaveUnchecked(reason);
    }
  }

  private leaveUnchecked(reason: string): void {
    this.unchecked.set(reason, (this.unchecked.get(reason) ?? 0) + 1);
    this.notChecked++;
  }

  /** The move a plan names of a resource nobody had to look at. */
  addMove(declared: DeclaredResource): void {
    for (const observation of moveOnly(declared, this.context))
      if (observation.kind === 'drift') this.drafts.push(observation.draft);
  }

  private pass({ actual, classification }: Extract<Detection, { kind: 'unmanaged' }>): void {
    const { class: own, reason } = classification;
    if (own === 'unmanaged') return;
    this.expected.push({ type: actual.type, id: actual.id, class: own, reason: reason ?? own });
  }

  result(facts: {
    readonly declared: number;
    readonly actual: number;
    readonly unchanged: number;
    readonly coverage: readonly Coverage[];
    readonly notices: readonly SourceNotice[];
    readonly unusedRules: readonly IgnoreRule[];
  }): DetailedResult {
    const ignored = this.suppressed.filter(({ rule }) => rule.startsWith('ignore:')).length;
    return {
      drafts: this.drafts,
      drifts: this.drafts.map(showDraft),
      notCompared: this.notCompared,
      suppressed: this.suppressed,
      coverage: facts.coverage,
      notices: facts.notices,
      unusedRules: facts.unusedRules.map(({ name, origin }) => ({ name, origin })),
      expected: this.expected,
      unchecked: byFrequency(this.unchecked),
      passedOver: byFrequency(countBy(this.expected.map(shortReason))),
      counts: {
        declared: facts.declared,
        actual: facts.actual,
        inSync: this.inSync + facts.unchanged,
        notChecked: this.notChecked,
        suppressed: this.suppressed.length - ignored,
        ignored,
        notCompared: this.notCompared.length - this.notChecked,
      },
    };
  }
}

/** Each parent by itself would fill the table. */
function shortReason({ class: own, reason }: ExpectedResource): string {
  return own === 'child' ? 'part of, or made by, something else' : reason;
}

function countBy(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

function byFrequency(counts: ReadonlyMap<string, number>): ScanResult['unchecked'] {
  return [...counts]
    .map(([reason, resources]) => ({ reason, resources }))
    .sort((left, right) => right.resources - left.resources);
}

function newMasker(): ValueMasker {
  const hasher = new TenantHasher(randomBytes(32), 'command-line');
  return new ValueMasker((value) => hasher.hash(value));
}
