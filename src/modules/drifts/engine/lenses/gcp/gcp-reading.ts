import type { JsonValue } from '../../../../../core/providers/index.js';
import type { LensNode, Reading } from '../../lens.js';
import { unwrapItems, unwrapReference } from './conventions.js';
import { blocksOfMap } from './keyed-map.js';
import { withoutPlatformLabels } from './platform-labels.js';

/** A position whose API value may be a map: its keys are the user's own, or Terraform writes blocks for its entries. */
interface MapOrBlocks extends LensNode {
  readonly freeMap: boolean;
  asBlocks(key: string): LensNode;
}

/** A value read from the API, both sides brought to the same shape. */
export function reading(
  declared: JsonValue | undefined,
  actual: JsonValue | undefined,
  node: MapOrBlocks,
  segments: readonly string[],
  claims: readonly string[] = segments.slice(0, 1),
): Reading {
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
  const value = unwrapItems(declared, node.freeMap ? withoutPlatformLabels(actual) : actual);
  const reference = unwrapReference(declared, value);
  return {
    kind: 'value',
    value,
    node,
    segments,
    claims,
    ...(reference !== undefined && { declared: reference }),
  };
}

export function skip(reason: string): Reading {
  return { kind: 'not-compared', reason, claims: [] };
}
