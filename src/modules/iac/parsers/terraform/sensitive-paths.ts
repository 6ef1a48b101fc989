import type { JsonValue } from '../../../../core/providers/index.js';
import { appendPath } from '../../../../core/providers/index.js';
import { isObject, member, textMember } from '../json/read-json.js';

/**
 * A state's `sensitive_attributes`: a list of cty paths, each a list of steps `{ type: "get_attr" | "index", value }`.
 * A step that no path can spell (an element of a set) makes everything above it sensitive.
 */
export function pathsFromSteps(list: JsonValue | undefined): string[] {
  if (!Array.isArray(list)) return [];
  const paths = new Set<string>();
  for (const steps of list) {
    if (!Array.isArray(steps)) continue;
    let path = '';
    for (const step of steps) {
      const segment = segmentOf(step);
      if (segment === null) break;
      path = appendPath(path, segment);
    }
    paths.add(path);
  }
  return [...paths];
}

function segmentOf(step: JsonValue): string | number | null {
  if (textMember(step, 'type') === 'get_attr') return textMember(step, 'value');
  const outer = member(step, 'value');
  const key = isObject(outer) ? member(outer, 'value') : outer;
  return typeof key === 'string' || (typeof key === 'number' && Number.isInteger(key) && key >= 0)
    ? key
    : null;
}

/** A mask of `terraform show -json` (`sensitive_values`, `after_unknown`): the same shape as the value, true where it holds. */
export function pathsFromMask(mask: JsonValue | undefined): string[] {
  const paths: string[] = [];
  const walk = (value: JsonValue, path: string): void => {
    if (value === true) paths.push(path);
    else if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) walk(item, appendPath(path, index));
    } else if (isObject(value)) {
      for (const [key, item] of Object.entries(value)) walk(item, appendPath(path, key));
    }
  };
  walk(mask ?? null, '');
  return paths;
}
