import type { JsonValue } from '../../../../core/providers/index.js';
import type { Ruling } from '../comparator.js';
import type { LensNode } from '../lens.js';
import { viewNode } from '../lenses/same-shape.js';
import type { Place } from '../place.js';
import { countLeaves, identicalLeaves, isEmpty, isObject } from '../values.js';
import { compareLists } from './compare-lists.js';
import { compareObjects } from './compare-objects.js';
import { reportDifference, reportRuled } from './report-difference.js';
import { fieldAt, isSensitive, judge, settledByPath, type Walk } from './walk-state.js';

/** Deeper than any document a provider accepts; protects the stack from hostile input. */
const MAX_DEPTH = 200;

/** Not-a-number, which hostile input may hold, is what it is on both sides. */
const isSameScalar = (declared: JsonValue | undefined, actual: JsonValue | undefined): boolean =>
  (declared === actual || Object.is(declared, actual)) &&
  (typeof declared !== 'object' || declared === null);

/** Compares one field of both sides and everything below it. */
export function compareValues(
  walk: Walk,
  declared: JsonValue | undefined,
  actual: JsonValue | undefined,
  node: LensNode,
  place: Place,
  depth: number,
): void {
  if (node.sameShape && walk.unresolved.empty && walk.ignoresNothing) {
    const leaves = identicalLeaves(declared, actual);
    if (leaves >= 0) {
      walk.report.comparedLeaves += leaves;
      return;
    }
  } else if (isSameScalar(declared, actual)) {
    if (walk.unresolved.empty || !walk.unresolved.has(place.path)) {
      walk.report.comparedLeaves += isEmpty(declared) ? 0 : 1;
      return;
    }
  }
  if (depth > MAX_DEPTH) {
    walk.report.skip(place, `nested deeper than ${MAX_DEPTH} levels`);
    return;
  }
  const field = fieldAt(walk, node, place);
  if (settledByPath(walk, declared, actual, field, place)) return;
  const judged = judge(walk, declared, actual, field);
  if (judged) {
    applyRuling(walk, judged.comparator.name, judged.ruling, declared, actual, node, place, depth);
    return;
  }
  if (isObject(declared) && isObject(actual)) {
    compareObjects(walk, declared, actual, node, place, depth);
    return;
  }
  if (Array.isArray(declared) && Array.isArray(actual)) {
    compareLists(walk, declared, actual, node, place, depth);
    return;
  }
  if (
    Array.isArray(declared) &&
    declared.length === 1 &&
    isObject(declared[0]) &&
    isObject(actual)
  ) {
    // Terraform writes a nested block as a list of one; APIs write the object itself.
    compareValues(walk, declared[0], actual, node.element(), place.child(0, []), depth + 1);
    return;
  }
  walk.report.comparedLeaves += countLeaves(declared);
  reportDifference(walk, declared, actual, field, place);
}

function applyRuling(
  walk: Walk,
  rule: string,
  ruling: Ruling,
  declared: JsonValue | undefined,
  actual: JsonValue | undefined,
  node: LensNode,
  place: Place,
  depth: number,
): void {
  switch (ruling.kind) {
    case 'same':
    case 'expected':
      walk.report.comparedLeaves += countLeaves(declared);
      walk.report.suppress(place, rule, ruling.why, {
        declared,
        actual,
        sensitive: isSensitive(walk, fieldAt(walk, node, place)),
      });
      return;
    case 'unverifiable':
      walk.report.find({
        place,
        verdict: 'unverifiable',
        change: 'modified',
        declared,
        actual,
        rule,
        explanation: ruling.why,
        sensitive: isSensitive(walk, fieldAt(walk, node, place)),
      });
      return;
    case 'differs':
      walk.report.comparedLeaves += countLeaves(declared);
      reportRuled(walk, declared, actual, rule, ruling, fieldAt(walk, node, place), place);
      return;
    case 'view': {
      const before = walk.report.findings.length;
      compareValues(
        walk,
        ruling.declared,
        ruling.actual,
        viewNode(ruling.sets === true),
        place,
        depth + 1,
      );
      if (walk.report.findings.length > before) return;
      const sensitive = isSensitive(walk, fieldAt(walk, node, place));
      walk.report.suppress(place, rule, ruling.why, { declared, actual, sensitive });
      return;
    }
  }
}
