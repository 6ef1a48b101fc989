import type { JsonValue } from '../../../../core/providers/index.js';
import type { Comparator, Ruling } from '../comparator.js';
import type { Field } from '../field.js';
import { isKubernetes } from '../lenses/kubernetes/pair.js';
import { schemaOf, type FieldSchema } from '../lenses/kubernetes/schema.js';
import { isServerDefault } from '../lenses/kubernetes/server-defaults.js';

/** The code writes out what an absent field means. */
function writtenOut(
  declared: JsonValue | undefined,
  schema: FieldSchema,
  { declaredParent = {} }: Field,
): Ruling | undefined {
  if (typeof declared !== 'string' || schema.defaultFor(declaredParent) !== declared)
    return undefined;
  return { kind: 'same', why: `The absent side stands for the default "${declared}".` };
}

/**
 * What the API server fills in where the manifest is silent: published defaults, defaults its code computes from the
 * fields beside them, and values it allocates (F36, F37, F39).
 */
export const serverDefault: Comparator = {
  name: 'server-default',
  rule(declared, actual, field) {
    if (!isKubernetes(field)) return undefined;
    const schema = schemaOf(field.facts);
    if (schema && (actual === undefined || actual === null))
      return writtenOut(declared, schema, field);
    if (declared !== undefined && declared !== null) return undefined;
    if (!schema || actual === undefined || actual === null) return undefined;
    if (!isServerDefault(schema, actual, field.declaredParent ?? {})) return undefined;
    const reason = schema.allocated ?? 'what the API server fills in when the manifest is silent';
    return { kind: 'same', why: `The value is ${reason}.` };
  },
};
