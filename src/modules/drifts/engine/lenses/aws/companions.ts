import type { ActualResource, JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import { parseJsonDocument } from '../../comparators/json-document.js';
import { isObject, read } from '../../values.js';

const hasTags = (properties: JsonObject): boolean =>
  Object.keys(properties).some((key) => /^tag(s|set|list)$/i.test(key));

/**
 * What AWS Config keeps beside a resource under its own names: `supplementaryConfiguration`, often as JSON text, and the
 * tags of the item where the configuration has none. No tags on the item prove nothing: some reads leave them out.
 */
export function withCompanions({ companions, properties, tags }: ActualResource): JsonObject {
  const extra = companions && read(companions, 'supplementary');
  const own = Object.keys(tags).length > 0 && !hasTags(properties) ? { tags: { ...tags } } : {};
  if (!isObject(extra)) return { ...own, ...properties };
  const parsed = Object.entries(extra).map(([name, value]): [string, JsonValue] => [
    name,
    parseJsonDocument(value) ?? value,
  ]);
  return { ...Object.fromEntries(parsed), ...own, ...properties };
}
