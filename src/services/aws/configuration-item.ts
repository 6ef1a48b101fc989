import type { ActualResource, JsonObject, JsonValue } from '../../core/providers/index.js';

/** What is asked of every item; the order is that of the API reference. */
export const ITEM_PROPERTIES = [
  'resourceId',
  'resourceName',
  'arn',
  'resourceType',
  'accountId',
  'awsRegion',
  'availabilityZone',
  'tags',
  'configuration',
  'supplementaryConfiguration',
  'configurationItemCaptureTime',
  'configurationItemStatus',
  'relationships',
].join(', ');

/** https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigurationItem.html, configurationItemStatus */
const GONE = new Set(['ResourceDeleted', 'ResourceDeletedNotRecorded']);

/** Whether the item is the record of a deleted resource. */
export function isGone(item: JsonObject): boolean {
  return GONE.has(text(item.configurationItemStatus) ?? '');
}

/** `unreadable`: recorded without a configuration, as third-party resources are in advanced queries. */
export type ItemReading = ActualResource | 'gone' | 'unreadable';

/**
 * One row of an advanced query as a resource. `properties` is the item's configuration as recorded: the service's camelCase
 * Describe shape for older types, CloudFormation's for newer ones. `companions` holds `supplementary` (its values parsed where AWS
 * Config keeps them as JSON text) and `relationships`.
 */
export function readItem(row: string, hash: (text: string) => string): ItemReading {
  const item = asObject(JSON.parse(row));
  if (isGone(item)) return 'gone';
  const configuration = asObject(unpacked(item.configuration ?? null));
  const id = text(item.resourceId);
  const type = text(item.resourceType);
  if (!id || !type || Object.keys(configuration).length === 0) return 'unreadable';
  const name = text(item.resourceName);
  const region = text(item.awsRegion);
  return {
    type,
    format: 'aws-config',
    provider: 'aws',
    id,
    aliases: identifiers(id, [text(item.arn), name]),
    name,
    properties: configuration,
    companions: companionsOf(item),
    tags: tagsOf(item.tags ?? null),
    scope: {
      accountId: text(item.accountId),
      region: region === GLOBAL_REGION ? null : region,
      namespace: null,
    },
    capturedAt: timestamp(text(item.configurationItemCaptureTime)),
    contentHash: hash(row),
  };
}

/** The resource in a row that `readItem` found one in. */
export function readRecorded(row: string, hash: (text: string) => string): ActualResource {
  const item = readItem(row, hash);
  if (typeof item === 'string') throw new Error(`a row that held a resource is ${item} now`);
  return item;
}

/** What AWS Config writes as the region of IAM, CloudFront and other global resources. */
export const GLOBAL_REGION = 'global';

function identifiers(id: string, others: readonly (string | null)[]): string[] {
  const named = others.filter((other): other is string => Boolean(other) && other !== id);
  return [...new Set(named)];
}

function companionsOf(item: JsonObject): JsonObject | null {
  const supplementary = asObject(item.supplementaryConfiguration ?? null);
  const entries = Object.entries(supplementary).map(([key, value]) => [key, unpacked(value)]);
  const relationships = Array.isArray(item.relationships) ? item.relationships : [];
  const companions: JsonObject = {
    ...(entries.length > 0 ? { supplementary: Object.fromEntries(entries) as JsonObject } : {}),
    ...(relationships.length > 0 ? { relationships } : {}),
  };
  return Object.keys(companions).length > 0 ? companions : null;
}

/** Objects and lists that were written as JSON text, sometimes twice; any other text stays as it is. */
function unpacked(value: JsonValue): JsonValue {
  let current = value;
  for (let depth = 0; depth < 2 && typeof current === 'string'; depth++) {
    if (!/^\s*(?:[[{]|"\s*\\?[[{])/.test(current)) return current;
    try {
      current = JSON.parse(current) as JsonValue;
    } catch {
      return current;
    }
  }
  return current;
}

/** `[{ key, value }]` in queries, a map in snapshots. */
function tagsOf(tags: JsonValue): Record<string, string> {
  if (!Array.isArray(tags)) {
    const entries = Object.entries(asObject(tags));
    return Object.fromEntries(entries.map(([key, value]) => [key, text(value) ?? '']));
  }
  return Object.fromEntries(
    tags.map(asObject).map((tag) => [text(tag.key) ?? '', text(tag.value) ?? '']),
  );
}

function timestamp(value: string | null): string | null {
  const time = value === null ? Number.NaN : Date.parse(value);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

function asObject(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : {};
}

function text(value: JsonValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
