import type { Comparator } from '../comparator.js';
import type { JsonValue } from '../../../../core/providers/index.js';
import { isDeepEmpty, isObject } from '../values.js';
import { parseJsonDocument } from './json-document.js';

/** Somewhere in it stands a block of its own, if an empty one: `default_action { allow {} }` says what `{}` does not. */
function choosesBlock(declared: JsonValue, depth = 0): boolean {
  if (depth > 10 || typeof declared !== 'object' || declared === null) return false;
  const inside = Array.isArray(declared) ? declared : Object.values(declared);
  if (depth > 0 && Array.isArray(declared) && declared.some(isObject)) return true;
  return inside.some((one) => choosesBlock(one, depth + 1));
}

/**
 * A state that says "none" of something made of parts (a policy, blocks, rules) while the service has some. Providers
 * read such a part back only where the code declares it, and often a resource of its own manages it (F58): potential.
 */
export const emptyInState: Comparator = {
  name: 'empty-in-state',
  rule(declared, actual, field) {
    const { declared: resource, actual: live } = field.pair;
    if (!resource.format.startsWith('terraform-') || live.format === 'terraform-attributes')
      return undefined;
    if (
      live.provider !== 'aws' ||
      declared === undefined ||
      field.path === '' ||
      !isDeepEmpty(declared)
    )
      return undefined;
    const parts =
      typeof actual === 'object' && actual !== null ? actual : parseJsonDocument(actual);
    if (parts === undefined || field.facts.kind === 'tags' || choosesBlock(declared))
      return undefined;
    return {
      kind: 'differs',
      verdict: 'potential',
      why: 'The state has none of these; another resource may own them, and the provider reads them only where they are declared.',
    };
  },
};
