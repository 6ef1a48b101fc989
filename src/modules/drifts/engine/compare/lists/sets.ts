import type { JsonValue } from '../../../../../core/providers/index.js';
import { viewNode } from '../../lenses/same-shape.js';
import { canonicalText, countLeaves } from '../../values.js';
import type { ReportBuilder } from '../report-builder.js';
import { compareElement, isFull, reportExtra, type Lists } from './elements.js';

/** Above this many unpaired elements, pairing by trial is quadratic and is not tried. */
const MAX_TRIALS = 64;

type Pairing = readonly [declared: number, actual: number];

/** Elements in any order: the identical ones first, then those that mean the same, then what is left, in order. */
export function compareSets(lists: Lists): void {
  const { walk, declared, actual, place } = lists;
  const exact = pairIdentical(lists);
  for (const [position] of exact) walk.report.comparedLeaves += countLeaves(declared[position]);
  const open = withoutPaired(lists, exact);
  const { equal, reports } = pairByTrial(lists, open.declared, open.actual);
  for (const report of reports) walk.report.merge(report);
  const left = withoutPaired(lists, [...exact, ...equal]);
  const settled = left.declared.length === 0 && left.actual.length === 0;
  if (settled && exact.some(([position, other]) => position !== other)) {
    walk.report.suppress(place, 'set-order', 'The list is a set; order and position mean nothing.');
  }
  for (const [rank, position] of left.declared.entries()) {
    if (isFull(lists)) return;
    compareElement(lists, position, left.actual[rank]);
  }
  const extra = left.actual.slice(left.declared.length);
  if (extra.length === 0) return;
  const alone = new Set(left.actual);
  const known = actual.filter((_, position) => !alone.has(position)).slice(0, MAX_TRIALS);
  for (const other of extra) {
    if (isFull(lists)) return;
    if (isListedAlready(lists, known, actual[other] ?? null)) {
      walk.report.suppress(
        place,
        'duplicate-in-set',
        'The provider lists a member of a set twice.',
      );
    } else reportExtra(lists, other, other);
  }
}

function pairIdentical({ declared, actual }: Lists): Pairing[] {
  const free = new Map<string, number[]>();
  for (const [position, value] of actual.entries()) {
    const text = canonicalText(value);
    const positions = free.get(text);
    if (positions) positions.push(position);
    else free.set(text, [position]);
  }
  return declared.flatMap((value, position): Pairing[] => {
    const match = free.get(canonicalText(value))?.shift();
    return match === undefined ? [] : [[position, match]];
  });
}

function withoutPaired({ declared, actual }: Lists, pairs: readonly Pairing[]) {
  const left = new Set(pairs.map(([position]) => position));
  const right = new Set(pairs.map(([, other]) => other));
  return {
    declared: [...declared.keys()].filter((position) => !left.has(position)),
    actual: [...actual.keys()].filter((position) => !right.has(position)),
  };
}

/** Pairs elements that differ in bytes and not in meaning, by comparing them on trial. */
function pairByTrial(
  { walk, declared, actual, element, place, depth }: Lists,
  left: readonly number[],
  right: readonly number[],
): { equal: Pairing[]; reports: ReportBuilder[] } {
  const equal: Pairing[] = [];
  const reports: ReportBuilder[] = [];
  if (left.length > MAX_TRIALS || right.length > MAX_TRIALS) return { equal, reports };
  const open = new Set(right);
  for (const position of left) {
    for (const other of open) {
      const report = walk.report.trial();
      const below = place.child(position, [other]);
      walk.compare(
        { ...walk, report },
        declared[position],
        actual[other],
        element,
        below,
        depth + 1,
      );
      if (report.contradicted) continue;
      open.delete(other);
      equal.push([position, other]);
      reports.push(report);
      break;
    }
  }
  return { equal, reports };
}

/** The provider lists a member twice, perhaps in another spelling (one resource by two links). */
function isListedAlready(
  { walk, place, depth }: Lists,
  known: readonly JsonValue[],
  extra: JsonValue,
): boolean {
  return known.some((member) => {
    const report = walk.report.trial();
    walk.compare({ ...walk, report }, member, extra, viewNode(true), place, depth + 1);
    return !report.contradicted;
  });
}
