import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import type { Reading } from '../../lens.js';
import { isDeepEmpty, read } from '../../values.js';
import { unwrapReference } from './conventions.js';
import type { GcpField } from './field-catalogue.js';
import { placeOf, type GcpPosition, type GcpSubject } from './gcp-position.js';

/** In code an empty value of such an argument is none at all; a state holds what the provider read. */
export function isLeftToApi(
  { readBack, planned, silence }: GcpSubject,
  path: string,
  field: GcpField | undefined,
): boolean {
  return field?.filledByApi === true || ((!readBack || planned) && silence.isFilled(path));
}

/** A union field of the API holds one of several; where code declares two of them, one cannot be there. */
export function lostToRival(
  subject: GcpSubject,
  at: GcpPosition,
  path: string,
  declared: JsonObject,
  actual: JsonObject,
): boolean {
  return subject.fields.rivalsOf(path).some((rival) => {
    const name = rival.slice(rival.lastIndexOf('.') + 1);
    if (isDeepEmpty(read(declared, name))) return false;
    const field = subject.fields.find(rival);
    return field?.api ? placeOf(subject, at, field.api, actual).value !== undefined : false;
  });
}

/** Texts people write for people; that one of them is also the name says nothing. */
const PROSE = /^(description|display_name|title|comment)$/;

/** The asset's own name says it: location, parent and name are part of it. */
export function namesResource(
  { nameSegments }: GcpSubject,
  at: GcpPosition,
  key: string,
  value: JsonValue | undefined,
): boolean {
  if (PROSE.test(key)) return false;
  if (at.path !== '' || typeof value !== 'string' || value === '') return false;
  return nameSegments.has((value.split('/').at(-1) ?? '').toLowerCase());
}

/** A reference by the object's own name: the provider knows the target under another one. */
export function isUnresolvedReference(
  { fromObjects }: GcpSubject,
  given: JsonValue | undefined,
  found: Reading | undefined,
): boolean {
  if (!fromObjects) return false;
  const reference = found?.kind === 'value' && found.node.facts.kind === 'resource-id';
  return unwrapReference(given, '') !== undefined || (reference && typeof given === 'string');
}
