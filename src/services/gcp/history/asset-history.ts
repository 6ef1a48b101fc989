import { appendPath, InventoryError } from '../../../core/providers/index.js';
import type {
  ChangedResource,
  ChangeEvent,
  ChangeHistory,
  JsonValue,
} from '../../../core/providers/index.js';
import type { AssetState } from '../asset-document.js';
import type { GcpApi } from '../gcp.api.js';

/** https://cloud.google.com/asset-inventory/docs/view-asset-history */
const KEPT_DAYS = 35;

/** Runs calls with a client that is closed afterwards; failures are an `InventoryError`. */
type Asking = <T>(signal: AbortSignal, ask: (api: GcpApi) => Promise<T>) => Promise<T>;

/** The history of Cloud Asset Inventory: when a resource changed and what, never who. Cloud Audit Logs know that. */
export class AssetHistory implements ChangeHistory {
  readonly days = KEPT_DAYS;

  constructor(private readonly ask: Asking) {}

  async eventsOf(
    { id, scope }: ChangedResource,
    since: Date,
    signal: AbortSignal,
  ): Promise<ChangeEvent[]> {
    if (!id.startsWith('//')) return [];
    const states = await this.ask(signal, (api) => api.history(id, scope.accountId, since)).catch(
      unknownAsset,
    );
    return changesBetween(states)
      .filter(({ at }) => at !== null && Date.parse(at) >= since.getTime())
      .reverse();
  }
}

/** The service refuses a name it never knew; that is an answer about this one asset only. */
function unknownAsset(error: unknown): readonly AssetState[] {
  if (error instanceof InventoryError && error.failure === 'connection-invalid') return [];
  throw error;
}

/** States oldest first. The first one says what was, not that it changed: it may have begun long before. */
export function changesBetween(states: readonly AssetState[]): ChangeEvent[] {
  return states.map((state, index): ChangeEvent => {
    const before = states[index - 1];
    const paths =
      before?.data && state.data && !state.deleted ? differences(before.data, state.data) : null;
    return {
      source: 'gcp-asset-history',
      actor: null,
      client: 'unknown',
      at: state.from,
      action: state.deleted ? 'Delete' : null,
      paths,
    };
  });
}

/** Paths at which two documents differ; a list that changed its length counts as a whole. */
function differences(before: JsonValue, after: JsonValue, path = ''): string[] {
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.flatMap((one, index) =>
      differences(one, after[index] ?? null, appendPath(path, index)),
    );
  }
  if (isObject(before) && isObject(after)) {
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) =>
      differences(before[name] ?? null, after[name] ?? null, appendPath(path, name)),
    );
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [path];
}

function isObject(value: JsonValue): value is Record<string, JsonValue> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
