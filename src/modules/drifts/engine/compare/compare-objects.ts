import type { JsonObject } from '../../../../core/providers/index.js';
import type { LensNode } from '../lens.js';
import type { Place } from '../place.js';
import { isDeepEmpty, read } from '../values.js';
import { reportUndeclared } from './report-difference.js';
import type { Walk } from './walk-state.js';

/** Compares every declared key with what the lens reads for it, then looks at what the actual side has beyond. */
export function compareObjects(
  walk: Walk,
  declared: JsonObject,
  actual: JsonObject,
  node: LensNode,
  place: Place,
  depth: number,
): void {
  const claimed = new Set<string>();
  for (const key of Object.keys(declared)) {
    const reading = node.child(key, declared, actual);
    for (const claim of reading.claims) claimed.add(claim);
    const value = read(declared, key);
    if (reading.kind === 'value') {
      const below = place.child(key, reading.segments, declared, actual);
      const shaped = reading.declared === undefined ? value : reading.declared;
      walk.compare(walk, shaped, reading.value, reading.node, below, depth + 1);
      continue;
    }
    if (isDeepEmpty(value)) continue;
    const below = place.child(key, [], declared, actual);
    if (reading.kind === 'not-compared') {
      walk.report.skip(below, reading.reason);
      continue;
    }
    walk.report.find({
      place: below,
      verdict: 'unverifiable',
      change: 'modified',
      declared: value,
      actual: null,
      rule: null,
      explanation: reading.reason,
      sensitive: walk.sensitive.has(below.path),
    });
  }
  for (const field of node.undeclared(actual, claimed, declared)) {
    const below = place.child(field.key, [field.actualKey], declared, actual);
    if (field.declared === undefined) reportUndeclared(walk, field.value, field.node, below);
    else walk.compare(walk, field.declared, field.value, field.node, below, depth + 1);
  }
}
