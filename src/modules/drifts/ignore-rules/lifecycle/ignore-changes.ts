import type { JsonObject, JsonValue } from '../../../../core/providers/index.js';
import { ignoreRule, type IgnoreRule } from '../../engine/index.js';

/** The name of rules that come from the code. The code keeps them for good, so one that silences nothing is no news. */
export const LIFECYCLE_RULE = 'lifecycle.ignore_changes';

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A block may come as an object (`.tf.json`) or as a list of them. */
function blocks(value: JsonValue | undefined): JsonObject[] {
  if (Array.isArray(value)) return value.filter(isObject);
  return isObject(value) ? [value] : [];
}

/** `${tags["Owner"]}` is the reference `tags["Owner"]`. */
const unwrapped = (text: string): string => /^\$\{(.*)\}$/s.exec(text)?.[1] ?? text;

/** The paths a `lifecycle` block names; `all` for the whole resource; undefined when it names none. */
function ignoredBy(resource: JsonObject): readonly string[] | 'all' | undefined {
  const named = blocks(resource.lifecycle).flatMap(({ ignore_changes: value }) => {
    const items = Array.isArray(value) ? value : [value];
    return items.filter((item) => typeof item === 'string').map(unwrapped);
  });
  if (named.length === 0) return undefined;
  return named.some((path) => path === 'all' || path === '*') ? 'all' : named;
}

/** With `count` or `for_each` an address carries an index, and the code does not say which. */
function addressesOf(modules: readonly string[], resource: string): string[] {
  const variants = (steps: readonly string[]): string[] => {
    const [first, ...rest] = steps;
    if (first === undefined) return [''];
    const after = variants(rest);
    return [first, `${first}[*]`].flatMap((one) =>
      after.map((tail) => (tail === '' ? one : `${one}.${tail}`)),
    );
  };
  return variants([...modules.map((name) => `module.${name}`), resource]);
}

/**
 * Rules for `lifecycle.ignore_changes` in one parsed file. `modules` are the calls that lead to its folder, outermost first.
 * https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#ignore_changes
 */
export function ignoreChangesIn(
  code: JsonObject,
  file: string,
  modules: readonly string[],
): IgnoreRule[] {
  const rules: IgnoreRule[] = [];
  for (const types of blocks(code.resource)) {
    for (const [type, named] of Object.entries(types)) {
      for (const names of blocks(named)) {
        for (const [name, body] of Object.entries(names)) {
          for (const resource of blocks(body)) {
            const ignored = ignoredBy(resource);
            if (ignored === undefined) continue;
            const own = `${type}.${name}`;
            rules.push(
              ignoreRule({
                name: LIFECYCLE_RULE,
                origin: `${file}: ${own}`,
                addresses: addressesOf(modules, own),
                paths: ignored === 'all' ? [] : ignored,
                silences: ['modified'],
              }),
            );
          }
        }
      }
    }
  }
  return rules;
}

/** Module calls of one parsed file: name and source, as written. */
export function moduleCallsIn(
  code: JsonObject,
): { readonly name: string; readonly source: string }[] {
  return blocks(code.module).flatMap((calls) =>
    Object.entries(calls).flatMap(([name, body]) =>
      blocks(body).flatMap(({ source }) => (typeof source === 'string' ? [{ name, source }] : [])),
    ),
  );
}
