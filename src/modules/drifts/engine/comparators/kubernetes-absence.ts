import type { JsonValue } from '../../../../core/providers/index.js';
import type { Comparator, Ruling } from '../comparator.js';
import { isKubernetes } from '../lenses/kubernetes/pair.js';
import { schemaOf } from '../lenses/kubernetes/schema.js';
import { isEmpty } from '../values.js';

const NOTHING: Ruling = {
  kind: 'same',
  why: 'Both sides hold nothing; the API server keeps null, absent and empty as one.',
};

function isGone(value: JsonValue | undefined): boolean {
  return value === undefined || value === null;
}

function isNoList(value: JsonValue | undefined): boolean {
  return isGone(value) || (Array.isArray(value) && value.length === 0);
}

/**
 * Null, absent, empty and zero, as the API server treats them (F34, F38, F40): it drops `false`, `0` and `""` of a plain
 * field and keeps them behind a pointer. A pointer that holds an explicit value and comes back absent was changed.
 */
export const kubernetesAbsence: Comparator = {
  name: 'kubernetes-absence',
  rule(declared, actual, field) {
    if (!isKubernetes(field)) return undefined;
    const schema = schemaOf(field.facts);
    if (isNoList(declared) && isNoList(actual)) return NOTHING;
    if (!isGone(declared) && !isGone(actual)) return undefined;
    const present = declared ?? actual;
    if (field.facts.explicitEmpty === true && isEmpty(present)) return undefined;
    const zero = present === false || present === 0 || present === '';
    if (!zero) return isEmpty(present) ? NOTHING : undefined;
    const expected = schema?.defaultFor(field.declaredParent ?? {});
    if (expected === present) return zeroIs('the default');
    if (expected !== undefined) return undefined;
    if (schema?.pointer === true) {
      if (present === '') return undefined;
      if (isGone(declared)) return undefined;
      return {
        kind: 'differs',
        verdict: 'confirmed',
        why: 'The API server keeps an explicit value in this field, so somebody took it away.',
      };
    }
    return isGone(actual) || schema?.zero === true
      ? zeroIs('what an unset field means')
      : undefined;
  },
};

function zeroIs(meaning: string): Ruling {
  return { kind: 'same', why: `The absent side stands for the zero value, which is ${meaning}.` };
}
