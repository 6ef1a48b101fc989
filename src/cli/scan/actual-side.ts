import type {
  ActualResource,
  ChangeHistory,
  DeclaredResource,
  InventoryRecord,
  Provider,
} from '../../core/providers/index.js';
import type { CommandContext } from '../command-context.js';
import { readRecordedInventory } from './recorded/recorded-inventory.js';
import { openLiveInventories } from './live-inventories.js';
import { readsAzure, type ScanOptions } from './scan-options.js';

/** The live side of a scan, from wherever the command line says. */
export interface ActualSide {
  /** What was recognised or connected to, for the person at the terminal. */
  readonly summary: readonly string[];
  /** Account or cluster the credentials belong to; null when unknown or several. */
  readonly accountId: string | null;
  /** Kubernetes namespaces it holds; empty means all. */
  readonly namespaces: readonly string[];
  /** Resources the recording itself says were deleted; none where the live side is asked. */
  readonly deleted: readonly ActualResource[];
  /** `declared` is what is looked for: a type of which nothing is left is asked for by name. */
  records(
    declared: readonly DeclaredResource[],
  ): AsyncIterable<InventoryRecord> | Iterable<InventoryRecord>;
  /** Change logs of the clouds that are read, for `--who`. */
  readonly histories: ReadonlyMap<Provider, ChangeHistory>;
  close(): Promise<void>;
}

/** Null when the command line names no live side, as plans need none. @throws DomainError */
export async function openActualSide(
  options: ScanOptions,
  context: CommandContext,
): Promise<ActualSide | null> {
  const { recorded, kubeconfig, aws, gcpProject } = options.actual;
  if (recorded.length > 0) return recordedSide(options);
  const cloud = aws || readsAzure(options.actual) || gcpProject !== null;
  if (cloud || kubeconfig !== null || options.actual.context !== null) {
    return openLiveInventories(options, context);
  }
  return null;
}

async function recordedSide(options: ScanOptions): Promise<ActualSide> {
  const cluster = options.declared.manifests.length > 0 ? options.accountId : null;
  const inventory = await readRecordedInventory(options.actual.recorded, cluster);
  const accounts = new Set(
    inventory.resources.flatMap(({ scope }) => (scope.accountId === null ? [] : [scope.accountId])),
  );
  const [only] = accounts;
  return {
    summary: inventory.summary,
    accountId: accounts.size === 1 ? (only ?? null) : null,
    namespaces: recordedNamespaces(inventory.resources),
    deleted: inventory.deleted,
    histories: new Map(),
    // eslint would have it without async; the live side needs it, and both are read the same way.
    *records() {
      for (const resource of inventory.resources) yield { kind: 'resource', resource };
      for (const coverage of inventory.coverage) yield { kind: 'coverage', coverage };
    },
    close: () => Promise.resolve(),
  };
}

/** `kubectl get -n shop` records one namespace and says nothing about the others. */
function recordedNamespaces(resources: readonly ActualResource[]): string[] {
  const names = resources.flatMap(({ provider, scope }) =>
    provider === 'kubernetes' && scope.namespace !== null ? [scope.namespace] : [],
  );
  return [...new Set(names)];
}
