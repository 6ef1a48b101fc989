import type { JsonObject, JsonValue } from '../../../../core/providers/index.js';
import { pathSegments } from '../compare/path-set.js';
import { isObject, read } from '../values.js';

/** `[name=web]`: the elements of a list in which a field has a value. */
const CHOICE = /\[([\w./-]+)=([^\]"]*)\]/;

interface Spot {
  readonly path: string;
  readonly value: JsonValue | undefined;
}

const indexed = (list: readonly JsonValue[], path: string): Spot[] =>
  list.map((value, index) => ({ path: `${path}[${index}]`, value }));

/** One step down; a pattern may leave list indexes out. */
function below({ path, value }: Spot, segment: string): Spot[] {
  if (Array.isArray(value)) {
    const elements = indexed(value, path);
    if (segment === '*') return elements;
    return /^\d+$/.test(segment)
      ? elements.slice(Number(segment), Number(segment) + 1)
      : elements.flatMap((element) => below(element, segment));
  }
  if (!isObject(value)) return [];
  const keys = segment === '*' ? Object.keys(value) : [segment];
  return keys.map((key) => ({ path: `${path}[${JSON.stringify(key)}]`, value: read(value, key) }));
}

function chosen(pattern: string, spots: readonly Spot[]): string[] {
  const [choice, key = '', wanted = ''] = CHOICE.exec(pattern) ?? [];
  if (choice === undefined) return spots.map(({ path }) => `${path}${joined(pattern)}`);
  const at = pattern.indexOf(choice);
  const lists = pathSegments(pattern.slice(0, at)).reduce(
    (here, segment) => here.flatMap((spot) => below(spot, segment)),
    [...spots],
  );
  const elements = lists
    .flatMap(({ path, value }) => (Array.isArray(value) ? indexed(value, path) : []))
    .filter(({ value }) => isObject(value) && isCalled(read(value, key), wanted));
  return chosen(pattern.slice(at + choice.length), elements);
}

const isCalled = (value: JsonValue | undefined, wanted: string): boolean =>
  typeof value === 'object' ? false : String(value) === wanted;

const joined = (rest: string): string =>
  rest === '' || rest.startsWith('[') || rest.startsWith('.') ? rest : `.${rest}`;

/**
 * Paths of a rule as they read in one resource: `containers[name=web].image` becomes the place that container has there, or
 * nothing where there is none. Paths without such a choice stay as they are.
 */
export function chosenElements(paths: readonly string[], body: JsonObject): readonly string[] {
  if (!paths.some((path) => CHOICE.test(path))) return paths;
  return paths.flatMap((path) =>
    CHOICE.test(path) ? chosen(path, [{ path: '', value: body }]) : [path],
  );
}
