import type { ActualResource, JsonObject, JsonValue } from '../../core/providers/index.js';

/**
 * A row of Resource Graph as a resource; null without an id and a type. `properties` is the whole row, as its envelope carries location,
 * tags, sku and identity beside the `properties` of the service. The ARM id is the only identifier Azure gives.
 */
export function readRow(row: JsonObject, hash: (text: string) => string): ActualResource | null {
  const id = text(row.id);
  const type = text(row.type);
  if (id === null || type === null) return null;
  return {
    type: type.toLowerCase(),
    format: 'azure-resource-graph',
    provider: 'azure',
    id,
    aliases: [],
    name: text(row.name),
    properties: row,
    companions: null,
    tags: tagsOf(row.tags),
    scope: {
      accountId: (text(row.subscriptionId) ?? subscriptionOf(id))?.toLowerCase() ?? null,
      region: text(row.location),
      namespace: text(row.resourceGroup),
    },
    capturedAt: null,
    contentHash: hash(JSON.stringify(row)),
  };
}

function subscriptionOf(id: string): string | null {
  return /^\/subscriptions\/([^/]+)/i.exec(id)?.[1] ?? null;
}

function tagsOf(tags: JsonValue | undefined): Record<string, string> {
  if (typeof tags !== 'object' || tags === null || Array.isArray(tags)) return {};
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, text(value) ?? '']));
}

function text(value: JsonValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
