import type { ActualResource, JsonObject, JsonValue } from '../../../core/providers/index.js';
import { isObject, objectAt, textAt, textMap } from './json-access.js';

const GONE = new Set(['ResourceDeleted', 'ResourceDeletedNotRecorded', 'ResourceNotRecorded']);

/**
 * A configuration item as any of AWS Config's commands and its S3 snapshots write it (`arn`/`ARN`,
 * `accountId`/`awsAccountId`, `configuration` as an object or as text). Null for the record of a deleted resource.
 * https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigurationItem.html
 */
export function fromConfigItem(item: JsonObject): ActualResource | null {
  const type = textAt(item, 'resourceType');
  const id = textAt(item, 'resourceId');
  if (type === null || id === null || GONE.has(textAt(item, 'configurationItemStatus') ?? '')) {
    return null;
  }
  const arn = textAt(item, 'arn', 'ARN');
  const name = textAt(item, 'resourceName');
  const supplementary = objectAt(item, 'supplementaryConfiguration');
  return {
    type,
    format: 'aws-config',
    provider: 'aws',
    id,
    aliases: [arn, name].filter((alias) => alias !== null && alias !== id) as string[],
    name,
    properties: jsonObject(item.configuration),
    companions:
      supplementary === null || Object.keys(supplementary).length === 0 ? null : { supplementary },
    tags: tagsOf(item.tags),
    scope: {
      accountId: textAt(item, 'awsAccountId', 'accountId'),
      region: textAt(item, 'awsRegion'),
      namespace: null,
    },
    capturedAt: textAt(item, 'configurationItemCaptureTime'),
    contentHash: null,
  };
}

function jsonObject(value: JsonValue | undefined): JsonObject {
  if (isObject(value)) return value;
  if (typeof value !== 'string') return {};
  try {
    const parsed = JSON.parse(value) as JsonValue;
    return isObject(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

/** A map in items, a list of `{ key, value }` in the answers of advanced queries. */
function tagsOf(value: JsonValue | undefined): Record<string, string> {
  if (!Array.isArray(value)) return textMap(value);
  const tags: Record<string, string> = {};
  for (const tag of value.filter(isObject)) {
    const key = textAt(tag, 'key');
    if (key !== null) tags[key] = typeof tag.value === 'string' ? tag.value : '';
  }
  return tags;
}
