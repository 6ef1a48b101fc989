import type { ActualResource, JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import { parseJsonDocument } from '../../comparators/json-document.js';
import { isObject, read } from '../../values.js';

/** What AWS Config keeps beside a resource (`supplementaryConfiguration`), often as JSON text, under its own names. */
export function withCompanions({ companions, properties }: ActualResource): JsonObject {
  const extra = companions && read(companions, 'supplementary');
  if (!isObject(extra)) return properties;
  const parsed = Object.entries(extra).map(([name, value]): [string, JsonValue] => [
    name,
    parseJsonDocument(value) ?? value,
  ]);
  return { ...Object.fromEntries(parsed), ...properties };
}
