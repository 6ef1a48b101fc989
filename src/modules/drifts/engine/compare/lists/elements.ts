import type { JsonValue } from '../../../../../core/providers/index.js';
import type { LensNode } from '../../lens.js';
import type { Place } from '../../place.js';
import { reportUndeclared } from '../report-difference.js';
import type { Walk } from '../walk-state.js';

/** Two lists at one place, and how much may be said about them. */
export interface Lists {
  readonly walk: Walk;
  readonly declared: readonly JsonValue[];
  readonly actual: readonly JsonValue[];
  /** The lists' own node; its `element()` is that of what they hold. */
  readonly node: LensNode;
  readonly element: LensNode;
  readonly place: Place;
  readonly depth: number;
  /** Number of findings in the report from which on this list is one finding. */
  readonly limit: number;
}

/** Enough differs: the list as a whole will be reported, and the rest need not be looked at. */
export function isFull({ walk, limit }: Lists): boolean {
  return walk.report.findings.length > limit;
}

/** Compares a declared element with the actual one it belongs to; undefined where it has none. */
export function compareElement(lists: Lists, position: number, other: number | undefined): void {
  const { walk, declared, actual, element, place, depth } = lists;
  const below = place.child(position, other === undefined ? [] : [other]);
  const value = other === undefined ? undefined : actual[other];
  walk.compare(walk, declared[position], value, element, below, depth + 1);
}

/**
 * An element of the actual list nobody declared, shown under its identity or position. In a declared list it is a change,
 * unless the lens knows better.
 */
export function reportExtra(lists: Lists, other: number, segment: string | number): void {
  const { walk, actual, node, element, place } = lists;
  const extras = element.facts.extras ?? node.facts.extras ?? 'confirmed';
  reportUndeclared(walk, actual[other] ?? null, element, place.child(segment, [other]), extras);
}
