import type { JsonValue } from '../../../../core/providers/index.js';
import type { LensNode } from '../lens.js';
import type { Place } from '../place.js';
import { identifyElements } from './list-identity.js';
import type { Lists } from './lists/elements.js';
import { compareIdentified } from './lists/identified.js';
import { compareOrdered } from './lists/ordered.js';
import { compareSets } from './lists/sets.js';
import type { Walk } from './walk-state.js';

/** More findings than this inside one list are one finding: the list. */
const MAX_FINDINGS = 200;

/** Compares two lists by identity, as sets, or by position, as the field's facts and the elements themselves allow. */
export function compareLists(
  walk: Walk,
  declared: readonly JsonValue[],
  actual: readonly JsonValue[],
  node: LensNode,
  place: Place,
  depth: number,
): void {
  const before = walk.report.findings.length;
  const limit = before + MAX_FINDINGS;
  compareElements({ walk, declared, actual, node, element: node.element(), place, depth, limit });
  if (walk.report.findings.length <= limit) return;
  walk.report.collapse(before, {
    place,
    verdict: 'confirmed',
    change: 'modified',
    declared: `${declared.length} elements`,
    actual: `${actual.length} elements`,
    rule: 'long-list',
    explanation: `More than ${MAX_FINDINGS} places of this list differ.`,
    sensitive: false,
  });
}

function compareElements(lists: Lists): void {
  const { declared, actual, node } = lists;
  const { order, identity } = node.facts;
  const identified =
    order !== 'significant' || identity
      ? identifyElements(declared, actual, node.facts)
      : undefined;
  if (identified) compareIdentified(lists, identified);
  else if (order === 'set') compareSets(lists);
  else compareOrdered(lists);
}
