import type { JsonValue } from '../../../../core/providers/index.js';
import type { LensNode } from '../lens.js';
import { viewNode } from '../lenses/same-shape.js';
import type { Place } from '../place.js';
import { canonicalText, countLeaves } from '../values.js';
import { identifyElements, type IdentifiedLists } from './list-identity.js';
import { ReportBuilder } from './report-builder.js';
import { reportUndeclared } from './report-difference.js';
import type { Walk } from './walk-state.js';

/** Above this many unpaired elements, pairing by trial is quadratic and is not tried. */
const MAX_TRIALS = 64;

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
  compareElements(walk, declared, actual, node, place, depth, limit);
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

function compareElements(
  walk: Walk,
  declared: readonly JsonValue[],
  actual: readonly JsonValue[],
  node: LensNode,
  place: Place,
  depth: number,
  limit: number,
): void {
  const { order } = node.facts;
  if (order !== 'significant' || node.facts.identity) {
    const identified = identifyElements(declared, actual, node.facts);
    if (identified) {
      compareIdentified(walk, declared, actual, identified, node, place, depth, limit);
      return;
    }
  }
  if (order === 'set') {
    compareSets(walk, declared, actual, node, place, depth, limit);
    return;
  }
  compareOrdered(walk, declared, actual, node, place, depth, limit);
}

function compareIdentified(
  walk: Walk,
  declared: readonly JsonValue[],
  actual: readonly JsonValue[],
  identified: IdentifiedLists,
  node: LensNode,
  place: Place,
  depth: number,
  limit: number,
): void {
  const element = node.element();
  let inOrder = true;
  let last = -1;
  for (const [key, position] of identified.declared) {
    if (walk.report.findings.length > limit) return;
    const other = identified.actual.get(key);
    const below = place.child(position, other === undefined ? [] : [other]);
    if (other === undefined) {
      walk.compare(walk, declared[position], undefined, element, below, depth + 1);
      continue;
    }
    if (other < last) inOrder = false;
    last = other;
    walk.compare(walk, declared[position], actual[other], element, below, depth + 1);
  }
  for (const [key, position] of identified.actual) {
    if (walk.report.findings.length > limit) return;
    if (identified.declared.has(key)) continue;
    reportExtra(walk, actual[position] ?? null, node, place.child(key, [position]));
  }
  if (inOrder) return;
  if (node.facts.order === 'significant') {
    reportOrder(walk, declared, actual, place);
  } else {
    walk.report.suppress(
      place,
      'element-order',
      'The elements carry an identity; their order means nothing here.',
    );
  }
}

function reportOrder(
  walk: Walk,
  declared: readonly JsonValue[],
  actual: readonly JsonValue[],
  place: Place,
): void {
  walk.report.find({
    place,
    verdict: 'confirmed',
    change: 'modified',
    declared: [...declared],
    actual: [...actual],
    rule: 'significant-order',
    explanation: 'The same elements stand in another order, and the order matters here.',
    sensitive: false,
  });
}

/** An element of the actual list nobody declared. In a declared list it is a change, unless the lens knows better. */
function reportExtra(walk: Walk, value: JsonValue, node: LensNode, place: Place): void {
  const element = node.element();
  const extras = element.facts.extras ?? node.facts.extras ?? 'confirmed';
  reportUndeclared(walk, value, element, place, extras);
}

function compareSets(
  walk: Walk,
  declared: readonly JsonValue[],
  actual: readonly JsonValue[],
  node: LensNode,
  place: Place,
  depth: number,
  limit: number,
): void {
  const free = new Map<string, number[]>();
  actual.forEach((value, position) => {
    const text = canonicalText(value);
    const positions = free.get(text);
    if (positions) positions.push(position);
    else free.set(text, [position]);
  });
  const unpaired: number[] = [];
  const taken = new Set<number>();
  const exact: [number, number][] = [];
  declared.forEach((value, position) => {
    const match = free.get(canonicalText(value))?.shift();
    if (match === undefined) {
      unpaired.push(position);
      return;
    }
    taken.add(match);
    exact.push([position, match]);
    walk.report.comparedLeaves += countLeaves(value);
  });
  const rest = actual.map((_, position) => position).filter((position) => !taken.has(position));
  const pairs = pairByTrial(walk, declared, actual, unpaired, rest, node, place, depth);
  const moved = exact.some(([left, right]) => left !== right);
  if (moved && unpaired.length === pairs.equal.length && rest.length === pairs.equal.length) {
    walk.report.suppress(place, 'set-order', 'The list is a set; order and position mean nothing.');
  }
  const element = node.element();
  for (const report of pairs.reports) walk.report.merge(report);
  const pairedLeft = new Set(pairs.equal.map(([left]) => left));
  const pairedRight = new Set(pairs.equal.map(([, right]) => right));
  const leftDeclared = unpaired.filter((position) => !pairedLeft.has(position));
  const leftActual = rest.filter((position) => !pairedRight.has(position));
  for (const [rank, position] of leftDeclared.entries()) {
    if (walk.report.findings.length > limit) return;
    const other = leftActual[rank];
    const below = place.child(position, other === undefined ? [] : [other]);
    walk.compare(
      walk,
      declared[position],
      other === undefined ? undefined : actual[other],
      element,
      below,
      depth + 1,
    );
  }
  const alone = new Set(leftActual);
  const known = actual.filter((_, position) => !alone.has(position));
  for (const position of leftActual.slice(leftDeclared.length)) {
    if (walk.report.findings.length > limit) return;
    if (isListedAlready(walk, known, actual[position] ?? null, place, depth)) {
      walk.report.suppress(
        place,
        'duplicate-in-set',
        'The provider lists a member of a set twice.',
      );
      continue;
    }
    reportExtra(walk, actual[position] ?? null, node, place.child(position, [position]));
  }
}

/** The provider lists a member twice, perhaps in another spelling (one resource by two links). */
function isListedAlready(
  walk: Walk,
  known: readonly JsonValue[],
  extra: JsonValue,
  place: Place,
  depth: number,
): boolean {
  return known.slice(0, MAX_TRIALS).some((member) => {
    const report = new ReportBuilder(walk.report.address);
    walk.compare({ ...walk, report }, member, extra, viewNode(true), place, depth + 1);
    return report.findings.length === 0;
  });
}

/** Pairs elements that differ in bytes and not in meaning, by comparing them on trial. */
function pairByTrial(
  walk: Walk,
  declared: readonly JsonValue[],
  actual: readonly JsonValue[],
  left: readonly number[],
  right: readonly number[],
  node: LensNode,
  place: Place,
  depth: number,
): { equal: [number, number][]; reports: ReportBuilder[] } {
  const equal: [number, number][] = [];
  const reports: ReportBuilder[] = [];
  if (
    left.length === 0 ||
    right.length === 0 ||
    left.length > MAX_TRIALS ||
    right.length > MAX_TRIALS
  ) {
    return { equal, reports };
  }
  const open = new Set(right);
  const element = node.element();
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

function compareOrdered(
  walk: Walk,
  declared: readonly JsonValue[],
  actual: readonly JsonValue[],
  node: LensNode,
  place: Place,
  depth: number,
  limit: number,
): void {
  const element = node.element();
  for (let index = 0; index < declared.length; index++) {
    if (walk.report.findings.length > limit) return;
    const other = index < actual.length ? actual[index] : undefined;
    walk.compare(walk, declared[index], other, element, place.child(index, [index]), depth + 1);
  }
  for (let index = declared.length; index < actual.length; index++) {
    if (walk.report.findings.length > limit) return;
    reportExtra(walk, actual[index] ?? null, node, place.child(index, [index]));
  }
}
