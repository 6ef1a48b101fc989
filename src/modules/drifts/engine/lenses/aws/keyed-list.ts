import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import { isObject } from '../../values.js';
import { squash } from './name-match.js';

const NAME = ['name', 'key', 'parameter_name'];

const isKey = (name: JsonValue | undefined, live: JsonObject): boolean =>
  typeof name === 'string' && Object.hasOwn(live, name);

function keyAttribute(blocks: readonly JsonObject[], live: JsonObject): string | undefined {
  const names = Object.keys(blocks[0] ?? {}).filter((name) =>
    blocks.every((block) => typeof block[name] === 'string' && block[name] !== ''),
  );
  const held = names.find((name) => blocks.some((block) => isKey(block[name], live)));
  return held ?? names.find((name) => NAME.includes(name) || /_(key|name)$/.test(name));
}

/**
 * A live map under the user's own names as the list of blocks the provider makes of it: `{ "GET /orders": { … } }` for blocks
 * with a `route_key`, `{ timeout: "300" }` for blocks of a name and a value. Undefined where the object is the block itself.
 */
export function keyedList(
  declared: readonly JsonValue[],
  live: JsonObject,
): JsonValue[] | undefined {
  const blocks = declared.filter(isObject);
  const [first] = blocks;
  if (blocks.length !== declared.length || !first) return undefined;
  const own = new Set(Object.keys(first).map(squash));
  const entries = Object.entries(live);
  if (entries.some(([name]) => own.has(squash(name)))) return undefined;
  const key = keyAttribute(blocks, live);
  if (key === undefined) return undefined;
  if (entries.length === 0) return [];
  const isHeld = blocks.some((block) => isKey(block[key], live));
  if (entries.every(([, value]) => isObject(value)))
    return isHeld
      ? entries.map(([name, value]) => ({ [key]: name, ...(isObject(value) ? value : {}) }))
      : undefined;
  const [value, ...others] = Object.keys(first).filter((name) => name !== key);
  const scalars = entries.every(([, one]) => typeof one !== 'object');
  if (value === undefined || others.length > 0 || !scalars) return undefined;
  return entries.map(([name, one]) => ({ [key]: name, [value]: one }));
}
