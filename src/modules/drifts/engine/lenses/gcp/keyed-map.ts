import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import { isObject, read } from '../../values.js';

/**
 * The argument of a block that holds the key of its entry in the API's map. Terraform has no map of objects: it writes
 * `node_type_configs { node_type_id = "a" }` where the API has `nodeTypeConfigs: { a: {…} }`.
 */
function keyOf(blocks: readonly JsonObject[], entries: JsonObject): string | undefined {
  const names = [...new Set(blocks.flatMap((block) => Object.keys(block)))];
  const texts = names.filter((name) =>
    blocks.every((block) => typeof read(block, name) === 'string'),
  );
  const scored = texts.map((name) => ({
    name,
    hits: blocks
      .map((block) => read(block, name))
      .filter((key) => typeof key === 'string' && Object.hasOwn(entries, key)).length,
  }));
  const best = scored.sort((a, b) => b.hits - a.hits)[0];
  return best !== undefined && best.hits > 0 ? best.name : undefined;
}

/** The entries of an API map as the blocks Terraform would show, and the argument that tells them apart. */
export function blocksOfMap(
  declared: JsonValue | undefined,
  actual: JsonValue | undefined,
): { readonly blocks: JsonValue; readonly key: string } | undefined {
  if (!Array.isArray(declared) || !declared.every(isObject) || !isObject(actual)) return undefined;
  const key = keyOf(declared, actual);
  if (key === undefined) return undefined;
  const blocks = Object.entries(actual).map(([name, value]): JsonValue => ({
    ...(isObject(value) && value),
    [key]: name,
  }));
  return { blocks, key };
}
