import type { Comparator } from '../comparator.js';
import { isDeepEmpty } from '../values.js';
import { parseJsonDocument } from './json-document.js';

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
    if (parts === undefined || field.facts.kind === 'tags') return undefined;
    return {
      kind: 'differs',
      verdict: 'potential',
      why: 'The state has none of these; another resource may own them, and the provider reads them only where they are declared.',
    };
  },
};
