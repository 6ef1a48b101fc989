import type { JsonValue } from '../../../../../core/providers/index.js';
import type { LensNode, Reading } from '../../lens.js';
import { isObject, read } from '../../values.js';
import { parseJsonDocument } from '../../comparators/json-document.js';
import { unwrapFields, unwrapItems, unwrapReference, unwrapTexts } from './conventions.js';
import { blocksOfMap } from './keyed-map.js';
import { withoutPlatformLabels } from './platform-labels.js';

/** A position whose API value may be a map: its keys are the user's own, or Terraform writes blocks for its entries. */
interface MapOrBlocks extends LensNode {
  readonly freeMap: boolean;
  asBlocks(key: string): LensNode;
  asSet(): LensNode;
}

/** A value read from the API, both sides brought to the same shape. */
export function reading(
  given: JsonValue | undefined,
  actual: JsonValue | undefined,
  node: MapOrBlocks,
  segments: readonly string[],
  claims: readonly string[] = segments.slice(0, 1),
): Reading {
  // A structure written as JSON text, where the API answers the structure itself.
  const document =
    typeof given === 'string' && typeof actual === 'object' && actual !== null
      ? parseJsonDocument(given)
      : undefined;
  const declared = document ?? given;
  const entries = node.freeMap ? blocksOfMap(declared, actual) : undefined;
  if (entries) {
    return {
      kind: 'value',
      value: entries.blocks,
      node: node.asBlocks(entries.key),
      segments,
      claims,
    };
  }
  const own = node.freeMap ? withoutPlatformLabels(actual) : actual;
  const value = unwrapTexts(declared, unwrapFields(declared, unwrapItems(declared, own)));
  const reference = unwrapReference(declared, value);
  return {
    kind: 'value',
    value,
    node: carryNames(declared) ? node.asSet() : node,
    segments,
    claims,
    ...(document !== undefined && { declared: document }),
    ...(reference !== undefined && { declared: reference }),
  };
}

/** Every element has a name of its own (`range_name`): then the order says nothing. */
function carryNames(declared: JsonValue | undefined): boolean {
  if (!Array.isArray(declared) || declared.length < 2 || !declared.every(isObject)) return false;
  const [first] = declared;
  return Object.keys(first ?? {}).some((key) => {
    if (!key.endsWith('_name')) return false;
    const names = declared.map((element) => read(element, key));
    return names.every((name) => typeof name === 'string') && new Set(names).size === names.length;
  });
}

export function skip(reason: string): Reading {
  return { kind: 'not-compared', reason, claims: [] };
}
