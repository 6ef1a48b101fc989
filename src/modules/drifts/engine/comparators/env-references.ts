import type { JsonObject, JsonValue } from '../../../../core/providers/index.js';
import type { Comparator } from '../comparator.js';
import { isKubernetes } from '../lenses/kubernetes/pair.js';
import { canonicalText, isObject, read } from '../values.js';

/** `$(NAME)`; `$$(NAME)` is an escape (Kubernetes, "Define dependent environment variables"). */
const REFERENCE = /(\$*)\$\(([A-Za-z_.-][\w.-]*)\)/g;

function named(list: JsonValue | undefined): readonly JsonObject[] | undefined {
  return Array.isArray(list) && list.every(isObject) ? list : undefined;
}

/** `URL<HOST`: a variable whose text refers to one that stands before it, and so is filled in. */
function filledIn(list: readonly JsonObject[]): ReadonlySet<string> {
  const before = new Set<string>();
  const found = new Set<string>();
  for (const entry of list) {
    const [name, value] = [read(entry, 'name'), read(entry, 'value')];
    if (typeof name !== 'string') continue;
    if (typeof value === 'string')
      for (const [, dollars = '', target = ''] of value.matchAll(REFERENCE))
        if (dollars.length % 2 === 0 && before.has(target)) found.add(`${name}<${target}`);
    before.add(name);
  }
  return found;
}

/**
 * Variables of a container are told apart by name, but `$(HOST)` is only filled in from a variable defined before it
 * (F9): a reorder that parts the two changes what the container gets.
 */
export const envReferences: Comparator = {
  name: 'env-references',
  rule(declared, actual, field) {
    if (field.key !== 'env' || !isKubernetes(field)) return undefined;
    const [left, right] = [named(declared), named(actual)];
    if (!left || !right) return undefined;
    const [wanted, given] = [filledIn(left), filledIn(right)];
    if (![...wanted].some((one) => !given.has(one))) return undefined;
    // Where an element changed as well, that is what is reported, in its place.
    const elements = (list: readonly JsonObject[]): string => list.map(canonicalText).sort().join();
    if (elements(left) !== elements(right)) return undefined;
    return {
      kind: 'differs',
      verdict: 'confirmed',
      why: 'A variable now stands before the one it refers to, so the reference is no longer filled in.',
    };
  },
};
