import { objectAt, objectsAt, scalarText, textAt } from '../json.js';
import type { Json, JsonObject } from '../json.js';
import { checkParameters, validation } from './parameters.js';

const MAX_KEYS = 100;
const DELETED = new Set(['ResourceDeleted', 'ResourceDeletedNotRecorded']);

/** https://docs.aws.amazon.com/config/latest/APIReference/API_BatchGetResourceConfig.html */
export function batchGet(body: JsonObject, items: readonly JsonObject[]): JsonObject {
  checkParameters(body, { resourceKeys: 'objects' }, ['resourceKeys']);
  const keys = objectsAt(body, 'resourceKeys');
  checkCount(keys, 'resourceKeys');
  const found = keys.flatMap((key) => {
    const item = items.find(
      (one) =>
        one.resourceType === textAt(key, 'resourceType') &&
        one.resourceId === textAt(key, 'resourceId') &&
        isCurrent(one),
    );
    return item ? [baseItem(item)] : [];
  });
  return { baseConfigurationItems: found, unprocessedResourceKeys: [] };
}

/** https://docs.aws.amazon.com/config/latest/APIReference/API_BatchGetAggregateResourceConfig.html */
export function batchGetAggregate(body: JsonObject, items: readonly JsonObject[]): JsonObject {
  checkParameters(body, { ConfigurationAggregatorName: 'string', ResourceIdentifiers: 'objects' }, [
    'ConfigurationAggregatorName',
    'ResourceIdentifiers',
  ]);
  const keys = objectsAt(body, 'ResourceIdentifiers');
  checkCount(keys, 'ResourceIdentifiers');
  const found = keys.flatMap((key) => {
    const item = items.find(
      (one) =>
        one.resourceType === textAt(key, 'ResourceType') &&
        one.resourceId === textAt(key, 'ResourceId') &&
        one.accountId === textAt(key, 'SourceAccountId') &&
        (one.awsRegion === textAt(key, 'SourceRegion') || one.awsRegion === 'global') &&
        isCurrent(one),
    );
    return item ? [baseItem(item)] : [];
  });
  return { BaseConfigurationItems: found, UnprocessedResourceIdentifiers: [] };
}

function checkCount(keys: readonly JsonObject[], name: string): void {
  if (keys.length >= 1 && keys.length <= MAX_KEYS) return;
  throw validation(
    `Value at '${name}' failed to satisfy constraint: Member must have length between 1 and ${MAX_KEYS}`,
  );
}

function isCurrent(item: JsonObject): boolean {
  return !DELETED.has(scalarText(item.configurationItemStatus));
}

/** Without tags and relationships; the configuration and what is beside it as JSON text. */
function baseItem(item: JsonObject): JsonObject {
  const beside = Object.entries(objectAt(item, 'supplementaryConfiguration'));
  const { accountId, arn, resourceType, resourceId, awsRegion, resourceName } = item;
  return {
    version: '1.3',
    configurationItemCaptureTime: Date.parse(scalarText(item.configurationItemCaptureTime)) / 1000,
    configurationItemStatus: scalarText(item.configurationItemStatus) || 'OK',
    ...given({ accountId, arn, resourceType, resourceId, awsRegion, resourceName }),
    configuration: asText(item.configuration ?? null),
    supplementaryConfiguration: Object.fromEntries(
      beside.map(([name, value]) => [name, asText(value)]),
    ),
  };
}

function given(fields: Readonly<Record<string, Json | undefined>>): JsonObject {
  const present: JsonObject = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) present[name] = value;
  }
  return present;
}

function asText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
