import type { Comparator } from '../comparator.js';
import { isKubernetes } from '../lenses/kubernetes/pair.js';
import { schemaOf } from '../lenses/kubernetes/schema.js';
import { isServerDefault } from '../lenses/kubernetes/server-defaults.js';

/**
 * What the API server fills in where the manifest is silent: published defaults, defaults its code computes from the
 * fields beside them, and values it allocates (F36, F37, F39).
 */
export const serverDefault: Comparator = {
  name: 'server-default',
  rule(declared, actual, field) {
    if (!isKubernetes(field) || (declared !== undefined && declared !== null)) return undefined;
    const schema = schemaOf(field.facts);
    if (!schema || actual === undefined || actual === null) return undefined;
    if (!isServerDefault(schema, actual, field.declaredParent ?? {})) return undefined;
    const reason = schema.allocated ?? 'what the API server fills in when the manifest is silent';
    return { kind: 'same', why: `The value is ${reason}.` };
  },
};
