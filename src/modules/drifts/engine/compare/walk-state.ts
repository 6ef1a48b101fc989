import type { JsonValue } from '../../../../core/providers/index.js';
import type { Comparator, Ruling } from '../comparator.js';
import type { Field, Pair } from '../field.js';
import type { LensNode } from '../lens.js';
import type { Place } from '../place.js';
import { isEmpty } from '../values.js';
import type { PathSet } from './path-set.js';
import type { ReportBuilder } from './report-builder.js';

/** Compares one field of both sides and everything below it. */
export type CompareValues = (
  walk: Walk,
  declared: JsonValue | undefined,
  actual: JsonValue | undefined,
  node: LensNode,
  place: Place,
  depth: number,
) => void;

/** Asked with a path in both vocabularies. */
export type WhyIgnored = (
  path: string,
  actualPath: string,
) => { readonly rule: string; readonly why: string } | undefined;

/** What a walk carries everywhere; only the report changes for a trial. */
export interface Walk {
  readonly pair: Pair;
  readonly comparators: readonly Comparator[];
  readonly report: ReportBuilder;
  /** Whether nothing at all is ignored, so that identical subtrees need no walk. */
  readonly ignoresNothing: boolean;
  /** Why a path is ignored; undefined when it is not. */
  readonly ignored: WhyIgnored;
  readonly unresolved: PathSet;
  readonly sensitive: PathSet;
  /** The walk itself, so that lists and objects can go on below. */
  readonly compare: CompareValues;
}

export function fieldAt(walk: Walk, node: LensNode, place: Place): Field {
  return {
    path: place.path,
    actualPath: place.actualPath,
    key: place.key,
    facts: node.facts,
    pair: walk.pair,
    declaredParent: place.declaredParent,
    actualParent: place.actualParent,
  };
}

/** The first ruling of the registry, if any comparator has one. */
export function judge(
  walk: Walk,
  declared: JsonValue | undefined,
  actual: JsonValue | undefined,
  field: Field,
): { comparator: Comparator; ruling: Ruling } | undefined {
  for (const comparator of walk.comparators) {
    const ruling = comparator.rule(declared, actual, field);
    if (ruling) return { comparator, ruling };
  }
  return undefined;
}

/** True when the path alone settles it: ignored, unresolved, or an argument no API has. */
export function settledByPath(
  walk: Walk,
  declared: JsonValue | undefined,
  actual: JsonValue | undefined,
  field: Field,
  place: Place,
): boolean {
  const ignored = walk.ignoresNothing ? undefined : walk.ignored(field.path, field.actualPath);
  if (ignored) {
    const sensitive = isSensitive(walk, field);
    walk.report.suppress(place, ignored.rule, ignored.why, { declared, actual, sensitive });
    return true;
  }
  if (!walk.unresolved.empty && walk.unresolved.has(field.path)) {
    walk.report.find({
      place,
      verdict: 'unverifiable',
      change: 'modified',
      declared: null,
      actual,
      rule: 'unresolved',
      explanation:
        'The declared value could not be resolved from the source, so nothing was compared.',
      sensitive: isSensitive(walk, field),
    });
    return true;
  }
  if (
    declared !== undefined &&
    !isEmpty(declared) &&
    field.facts.toolOnly === true &&
    actual === undefined
  ) {
    walk.report.skip(place, 'an argument of the tool itself; no API has it');
    return true;
  }
  return false;
}

export function isSensitive(walk: Walk, field: Field): boolean {
  return (
    field.facts.sensitive === true || (!walk.sensitive.empty && walk.sensitive.has(field.path))
  );
}
