import type {
  Coverage,
  CoverageStatus,
  InventoryPart,
  InventoryRecord,
} from '../../core/providers/index.js';
import { coverageType, listPath } from './api-kind.js';
import type { ApiKind } from './api-kind.js';
import { fields, textOf } from './kubeconfig-document.js';
import type { KubernetesApi } from './kubernetes.api.js';
import { isExpired, readFailure } from './kubernetes.errors.js';
import type { ReadFailure } from './kubernetes.errors.js';
import { objectKey, readObject } from './live-object.js';
import type { Settled } from './reading-plan.js';

type Page = readonly InventoryRecord[];

interface Tally {
  resources: number;
  pages: number;
}

export interface KindReaderSettings {
  readonly cluster: string;
  /** Empty: the whole cluster. */
  readonly namespaces: readonly string[];
  readonly pageSize: number;
  readonly hash: (text: string) => string;
  /** What an earlier attempt read completely. */
  readonly isCompleted: (part: InventoryPart) => boolean;
}

/** Reads kinds: pages of objects, and each kind's coverage record as the last record of its last page. */
export class KindReader {
  constructor(
    private readonly api: KubernetesApi,
    private readonly settings: KindReaderSettings,
    private readonly signal: AbortSignal,
  ) {}

  /** Whether nothing of the lane is left to read. */
  isDone(kinds: readonly ApiKind[]): boolean {
    return kinds.every((kind) => this.settings.isCompleted(this.partOf(kind)));
  }

  /**
   * The kinds of one lane, each object once although several of them may show it. A completed kind before another one is listed again,
   * only to know its objects when they are shown a second time.
   */
  async *readLane(kinds: readonly ApiKind[]): AsyncGenerator<Page> {
    const seen = new Set<string>();
    const last = kinds.findLastIndex((kind) => !this.settings.isCompleted(this.partOf(kind)));
    for (const kind of kinds.slice(0, last + 1)) {
      if (!this.settings.isCompleted(this.partOf(kind))) yield* this.readKind(kind, seen);
      else for await (const _page of this.readKind(kind, seen)) this.signal.throwIfAborted();
    }
  }

  settled({ type, failure }: Settled): InventoryRecord {
    const status = failure?.status ?? 'complete';
    return this.coverage(type, status, failure?.message ?? null, { resources: 0, pages: 0 });
  }

  private async *readKind(kind: ApiKind, seen: Set<string>): AsyncGenerator<Page> {
    const { namespaces } = this.settings;
    const places = kind.namespaced && namespaces.length > 0 ? namespaces : [null];
    const tally: Tally = { resources: 0, pages: 0 };
    const failures: ReadFailure[] = [];
    for (const namespace of places) {
      const failure = yield* this.readPlace(kind, namespace, tally, seen);
      if (failure) failures.push(failure);
    }
    const [first] = failures;
    if (!first) yield [this.coverage(coverageType(kind), 'complete', null, tally)];
    else if (tally.pages === 0) {
      yield [this.coverage(coverageType(kind), first.status, first.message, tally)];
    } else {
      const message = `Stopped after ${tally.pages} pages: ${first.message}`;
      yield [this.coverage(coverageType(kind), 'partial', message, tally)];
    }
  }

  private async *readPlace(
    kind: ApiKind,
    namespace: string | null,
    tally: Tally,
    seen: Set<string>,
  ): AsyncGenerator<Page, ReadFailure | null> {
    let next = '';
    let restarted = false;
    for (;;) {
      try {
        const list = fields(
          await this.api.get(listPath(kind, namespace), this.query(next), this.signal),
        );
        tally.pages += 1;
        const records = this.newRecords(list.items, kind, seen);
        tally.resources += records.length;
        yield records;
        next = textOf(fields(list.metadata).continue);
        if (next === '') return null;
      } catch (error) {
        this.signal.throwIfAborted();
        if (!isExpired(error) || next === '' || restarted) return readFailure(error);
        restarted = true;
        next = '';
      }
    }
  }

  private newRecords(items: unknown, kind: ApiKind, seen: Set<string>): InventoryRecord[] {
    const records: InventoryRecord[] = [];
    const part = this.partOf(kind);
    for (const item of Array.isArray(items) ? items : []) {
      const resource = readObject(item, kind, this.settings.cluster, this.settings.hash);
      const key = objectKey(resource);
      if (seen.has(key)) continue;
      seen.add(key);
      records.push({ kind: 'resource', resource, part });
    }
    return records;
  }

  private partOf(kind: ApiKind): InventoryPart {
    return { type: coverageType(kind), accountId: this.settings.cluster, region: null };
  }

  private query(next: string): Record<string, string> {
    const limit = String(this.settings.pageSize);
    return next === '' ? { limit } : { limit, continue: next };
  }

  private coverage(
    type: string,
    status: CoverageStatus,
    message: string | null,
    { resources, pages }: Tally,
  ): InventoryRecord {
    const coverage: Coverage = {
      provider: 'kubernetes',
      type,
      accountId: this.settings.cluster,
      region: null,
      status,
      resources,
      pages,
      message,
    };
    return { kind: 'coverage', coverage };
  }
}
