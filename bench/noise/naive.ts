import { isDeepStrictEqual } from 'node:util';
import type { JsonObject, JsonValue } from '../../src/core/providers/index.js';
import type { LabelledCase } from './labelled-case.js';

function bodies(source: JsonObject, side: 'declared' | 'actual', key: string): JsonValue[] {
  const part = source[side] as JsonObject | undefined;
  const resources = (part?.resources ?? []) as JsonObject[];
  return resources.map((resource) => resource[key] ?? null);
}

/** Everything declared stands in the actual side with the same value; what else is there does not matter. */
function isSubset(declared: JsonValue, actual: JsonValue | undefined): boolean {
  if (Array.isArray(declared)) {
    return (
      Array.isArray(actual) &&
      declared.length === actual.length &&
      declared.every((item, index) => isSubset(item, actual[index]))
    );
  }
  if (typeof declared === 'object' && declared !== null) {
    if (typeof actual !== 'object' || actual === null || Array.isArray(actual)) return false;
    return Object.entries(declared).every(([key, value]) => isSubset(value, actual[key]));
  }
  return declared === actual;
}

/** What the two comparisons everybody writes first would say of a case: true is "drift". */
export function naiveVerdicts(labelled: LabelledCase): { deepEqual: boolean; subset: boolean } {
  const declared = bodies(labelled.source, 'declared', 'attributes');
  const actual = bodies(labelled.source, 'actual', 'properties');
  return {
    deepEqual: !isDeepStrictEqual(declared, actual),
    subset:
      declared.length !== actual.length ||
      !declared.every((body, index) => isSubset(body, actual[index])),
  };
}
