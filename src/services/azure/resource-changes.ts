import { InventoryError } from '../../core/providers/index.js';
import type {
  ChangeClient,
  ChangedResource,
  ChangeEvent,
  ChangeHistory,
  JsonObject,
  JsonValue,
} from '../../core/providers/index.js';
import type { AzureApi } from './azure.api.js';
import { inventoryError, readFailure } from './azure.errors.js';
import { changesQuery } from './queries.js';

/** https://learn.microsoft.com/azure/governance/resource-graph/changes/resource-graph-changes */
const KEPT_DAYS = 14;

/** The `resourcechanges` table of Resource Graph: who wrote which property, when, with what. Reader is enough. */
export class ResourceChanges implements ChangeHistory {
  readonly days = KEPT_DAYS;

  constructor(private readonly api: (signal: AbortSignal) => AzureApi) {}

  async eventsOf(
    { id, scope }: ChangedResource,
    since: Date,
    signal: AbortSignal,
  ): Promise<ChangeEvent[]> {
    if (!id.startsWith('/')) return [];
    const subscriptions = scope.accountId === null ? [] : [scope.accountId];
    const events: ChangeEvent[] = [];
    try {
      const pages = this.api(signal).query(
        { subscriptions, managementGroups: [] },
        changesQuery(id),
      );
      for await (const { rows } of pages) {
        for (const row of rows) events.push(readChange(objectAt(row, 'properties')));
      }
    } catch (error) {
      throw historyError(error, signal);
    }
    return events
      .filter(({ at }) => at === null || Date.parse(at) >= since.getTime())
      .sort((left, right) => (right.at ?? '').localeCompare(left.at ?? ''));
  }
}

/** Properties of a row: `changeType`, `changeAttributes`, and `changes` by property path. */
export function readChange(properties: JsonObject): ChangeEvent {
  const attributes = objectAt(properties, 'changeAttributes');
  const paths = Object.keys(objectAt(properties, 'changes'));
  const by = textAt(attributes, 'changedBy');
  const at = Date.parse(textAt(attributes, 'timestamp') ?? '');
  return {
    source: 'azure-resource-changes',
    // Unspecified is what the service writes when it does not know.
    actor: by === null || /^unspecified$/i.test(by) ? null : by,
    client: clientOf(textAt(attributes, 'clientType') ?? '', textAt(attributes, 'changedByType')),
    at: Number.isNaN(at) ? null : new Date(at).toISOString(),
    action: textAt(properties, 'changeType'),
    paths: paths.length === 0 ? null : paths,
  };
}

const CLIENTS: readonly (readonly [RegExp, ChangeClient])[] = [
  [/terraform|hashicorp|pulumi|ARM template|bicep|deployment/i, 'iac'],
  [/portal|mobile app/i, 'console'],
  [/CLI|powershell|cloud ?shell/i, 'cli'],
  [/policy|system|platform/i, 'controller'],
  [/SDK|API|REST/i, 'api'],
];

function clientOf(clientType: string, changedByType: string | null): ChangeClient {
  const named = CLIENTS.find(([pattern]) => pattern.test(clientType))?.[1];
  return named ?? (changedByType === 'System' ? 'controller' : 'unknown');
}

function historyError(error: unknown, signal: AbortSignal): InventoryError {
  if (signal.aborted) {
    return new InventoryError('cancelled', 'azure', 'Asking Azure for changes was cancelled.');
  }
  if (error instanceof InventoryError) return error;
  const { status, message } = readFailure(error, 'resourcechanges');
  const failure = status === 'failed' ? inventoryError(error).failure : status;
  return new InventoryError(failure, 'azure', message);
}

function objectAt(object: JsonObject, name: string): JsonObject {
  const value = object[name];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

function textAt(object: JsonObject, name: string): string | null {
  const value: JsonValue | undefined = object[name];
  return typeof value === 'string' && value !== '' ? value : null;
}
