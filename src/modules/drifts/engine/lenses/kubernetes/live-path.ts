import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import { pathSegments } from '../../compare/path-set.js';
import { isObject, read } from '../../values.js';

/** One step into a live object: a key, or an element with the value found there. */
export type LiveStep =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'element'; readonly index: number; readonly value: JsonValue | undefined };

/** The way to a place in the live object; undefined when the object has no such place. */
export function stepsTo(root: JsonObject, actualPath: string): LiveStep[] | undefined {
  const steps: LiveStep[] = [];
  let value: JsonValue | undefined = root;
  for (const segment of pathSegments(actualPath)) {
    if (Array.isArray(value)) {
      const index = Number(segment);
      value = value[index];
      steps.push({ kind: 'element', index, value });
    } else if (isObject(value)) {
      value = read(value, segment);
      steps.push({ kind: 'key', key: segment });
    } else {
      return undefined;
    }
  }
  return steps;
}
