import type { JsonValue } from '../../../../core/providers/index.js';
import type { Ruling } from '../comparator.js';
import type { Field } from '../field.js';
import type { LensNode } from '../lens.js';
import type { Place } from '../place.js';
import { isDeepEmpty } from '../values.js';
import { fieldAt, isSensitive, judge, settledByPath, type Walk } from './walk-state.js';

/** A field or element that only the actual side has. */
export function reportUndeclared(
  walk: Walk,
  actual: JsonValue,
  node: LensNode,
  place: Place,
  extras = node.facts.extras,
): void {
  if (node.facts.readOnly === true || extras === 'ignored') return;
  if (isDeepEmpty(actual) && node.facts.explicitEmpty !== true) return;
  const field = fieldAt(walk, node, place);
  if (settledByPath(walk, undefined, actual, field, place)) return;
  const judged = judge(walk, undefined, actual, field);
  if (judged && judged.ruling.kind !== 'view') {
    if (judged.ruling.kind === 'unverifiable') return;
    if (judged.ruling.kind === 'differs') {
      reportRuled(walk, undefined, actual, judged.comparator.name, judged.ruling, field, place);
      return;
    }
    walk.report.suppress(place, judged.comparator.name, judged.ruling.why, {
      declared: undefined,
      actual,
      sensitive: isSensitive(walk, field),
    });
    return;
  }
  if (extras === 'unknown') {
    walk.report.skip(place, 'the code does not mention it and no default is published');
    return;
  }
  const confirmed = extras === 'confirmed';
  walk.report.find({
    place,
    verdict: confirmed ? 'confirmed' : 'potential',
    change: 'added',
    declared: undefined,
    actual,
    rule: confirmed ? null : 'undeclared',
    explanation: confirmed
      ? 'It exists at the provider and the code does not have it.'
      : 'The code does not mention it and its value is not a known default; there is no baseline to tell whether it changed.',
    sensitive: isSensitive(walk, field),
  });
}

/** A difference whose certainty a comparator has weighed. */
export function reportRuled(
  walk: Walk,
  declared: JsonValue | undefined,
  actual: JsonValue | undefined,
  rule: string,
  ruling: Extract<Ruling, { kind: 'differs' }>,
  field: Field,
  place: Place,
): void {
  const change = declared === undefined ? 'added' : actual === undefined ? 'removed' : 'modified';
  walk.report.find({
    place,
    verdict: ruling.verdict,
    change,
    declared,
    actual,
    rule,
    explanation: ruling.why,
    sensitive: isSensitive(walk, field),
  });
}

/** Two values that differ and that nothing reconciles. */
export function reportDifference(
  walk: Walk,
  declared: JsonValue | undefined,
  actual: JsonValue | undefined,
  field: Field,
  place: Place,
): void {
  if (declared === undefined) {
    if (actual !== undefined)
      walk.report.find(difference('added', 'The provider has it, the code does not.'));
    return;
  }
  if (actual === undefined || actual === null) {
    if (field.facts.writeOnly === true || field.facts.absence === 'unreadable') {
      walk.report.find({
        ...difference('modified', 'The provider never returns this value.'),
        verdict: 'unverifiable',
        rule: 'write-only',
      });
      return;
    }
    walk.report.find(
      difference('removed', 'The code declares it and the provider no longer has it.'),
    );
    return;
  }
  walk.report.find(difference('modified', 'The declared and the actual value differ.'));

  function difference(change: 'modified' | 'added' | 'removed', explanation: string) {
    return {
      place,
      verdict: 'confirmed' as const,
      change,
      declared,
      actual,
      rule: null,
      explanation,
      sensitive: isSensitive(walk, field),
    };
  }
}
