import type { ActualResource, JsonObject } from '../../../core/providers/index.js';
import { isGone, readItem } from '../../../services/aws/configuration-item.js';
import { textAt } from './json-access.js';

/**
 * A configuration item as any of AWS Config's commands and its S3 snapshots write it (`arn`/`ARN`,
 * `accountId`/`awsAccountId`), read exactly like a row of the live query. Null for the record of a deleted resource and for
 * one without a configuration.
 */
export function fromConfigItem(item: JsonObject): ActualResource | null {
  const row = {
    ...item,
    arn: textAt(item, 'arn', 'ARN'),
    accountId: textAt(item, 'accountId', 'awsAccountId'),
  };
  const reading = readItem(JSON.stringify(row), () => '');
  return typeof reading === 'string' ? null : { ...reading, contentHash: null };
}

/** The identity of a resource whose item is the record of its deletion; null for any other entry. */
export function fromDeletionRecord(item: JsonObject): ActualResource | null {
  if (!isGone(item)) return null;
  const existed = { ...item, configurationItemStatus: 'OK', configuration: { deleted: true } };
  return fromConfigItem(existed);
}
