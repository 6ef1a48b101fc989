import type {
  ActualResource,
  CallerIdentity,
  Coverage,
  Inventory,
  InventoryScope,
  SourceNotice,
} from '../../../core/providers/index.js';

export interface ActualSideOptions {
  readonly inventory: Inventory;
  readonly scope: InventoryScope;
  readonly signal: AbortSignal;
  readonly observe: (resource: ActualResource, raw: string | undefined) => void;
  readonly onProgress: (progress: {
    readonly done?: number;
    readonly total?: number | null;
    readonly label?: string;
    readonly pages: number;
    readonly actual: number;
  }) => void;
}

export interface ActualSideRead {
  readonly identity: CallerIdentity;
  readonly coverage: readonly Coverage[];
  /** What the provider's side had to say, and no gap. */
  readonly notices: readonly SourceNotice[];
  readonly actual: number;
}

/** Reads one inventory to its end. @throws InventoryError when nothing at all can be read, the signal's reason when it aborts */
export async function readActualSide(options: ActualSideOptions): Promise<ActualSideRead> {
  const { inventory, signal, observe, onProgress } = options;
  const identity = await inventory.identify(signal);
  const coverage: Coverage[] = [];
  const notices: SourceNotice[] = [];
  let actual = 0;
  let pages = 0;
  for await (const record of inventory.list(options.scope, signal)) {
    signal.throwIfAborted();
    switch (record.kind) {
      case 'resource':
        observe(record.resource, record.raw);
        actual += 1;
        onProgress({ pages, actual });
        break;
      case 'coverage':
        coverage.push(record.coverage);
        pages += record.coverage.pages;
        onProgress({ pages, actual });
        break;
      case 'notice':
        notices.push(record.notice);
        break;
      case 'progress': {
        const { done, total, label } = record;
        onProgress({ done, total, label: `Reading ${label}`, pages, actual });
        break;
      }
    }
  }
  return { identity, coverage, notices, actual };
}
