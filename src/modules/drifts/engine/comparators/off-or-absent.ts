import type { JsonValue } from '../../../../core/providers/index.js';
import type { Comparator } from '../comparator.js';
import { isObject } from '../values.js';

/**
 * The word of an enumeration for nothing at all (ECS `propagateTags`: "NONE"), which answers of an API leave out. A model of
 * the registry is complete: there it is written out.
 */
const NOTHING = /^none$/i;

function isOff(value: JsonValue | undefined): boolean {
  if (value === false || value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.values(value).every(isOff);
}

/**
 * A switch declared off that the service does not return (F38, F40): most APIs leave out what is off. Not when the
 * published default is on: then absence would mean on.
 */
export const offOrAbsent: Comparator = {
  name: 'off-or-absent',
  rule(declared, actual, field) {
    if (actual !== undefined && actual !== null) return undefined;
    const nothing =
      typeof declared === 'string' &&
      NOTHING.test(declared) &&
      /^aws-(config|describe)$/.test(field.pair.actual.format);
    if (declared === undefined || !(nothing || isOff(declared))) return undefined;
    const { default: published } = field.facts;
    if (published !== undefined && !isOff(published)) return undefined;
    return { kind: 'same', why: 'It is declared off, and the service leaves out what is off.' };
  },
};
