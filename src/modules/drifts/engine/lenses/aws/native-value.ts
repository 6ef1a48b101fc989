import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import { canonicalText, isEmpty, isObject, read } from '../../values.js';
import { parseJsonDocument } from '../../comparators/json-document.js';
import { keyedList } from './keyed-list.js';
import { indexKeys, squash } from './name-match.js';

const KEYS = ['Key', 'key', 'TagKey', 'tagKey', 'Name', 'name'];
const VALUES = ['Value', 'value', 'TagValue', 'tagValue'];

function pick(item: JsonValue, names: readonly string[]): JsonValue | undefined {
  if (!isObject(item)) return undefined;
  for (const name of names) if (Object.hasOwn(item, name)) return item[name];
  return undefined;
}

/** `[{ Key, Value }]` as the map it is. */
function asMap(list: readonly JsonValue[]): JsonObject | undefined {
  const entries: [string, JsonValue][] = [];
  for (const item of list) {
    const key = pick(item, KEYS);
    if (typeof key !== 'string') return undefined;
    entries.push([key, pick(item, VALUES) ?? '']);
  }
  return Object.fromEntries(entries);
}

/** ARNs of one service, or ids drawn for one kind of thing (`sg-…`): values of one field, whatever they are. */
function isKin(value: JsonValue, declared: readonly JsonValue[]): boolean {
  const kind = (one: JsonValue): string | undefined =>
    typeof one === 'string'
      ? /^(arn:[^:]*:[^:]*:|[a-z]{2,12}-(?=[0-9a-f]{8}))/.exec(one)?.[1]
      : undefined;
  const own = kind(value);
  return own !== undefined && declared.every((one) => kind(one) === own);
}

/** The one field of a list of objects that holds what the code lists as plain values. */
function project(
  declared: readonly JsonValue[],
  list: readonly JsonValue[],
  name: string,
  sole = true,
): JsonValue[] | undefined {
  const objects = list.filter(isObject);
  if (objects.length !== list.length || objects.length === 0) return undefined;
  const fields = [...new Set(objects.flatMap((item) => Object.keys(item)))].filter((field) =>
    objects.every((item) => typeof item[field] !== 'object'),
  );
  const values = (field: string): JsonValue[] => objects.map((item) => item[field] ?? null);
  const wanted = new Set(declared.map(canonicalText));
  const same = fields.find((field) =>
    values(field).every((value) => wanted.has(canonicalText(value))),
  );
  const shared = (field: string): number =>
    values(field).filter((value) => wanted.has(canonicalText(value))).length;
  const [most, next] = fields
    .map((field) => ({ field, count: shared(field) }))
    .sort((left, right) => right.count - left.count);
  const leading = most && most.count > (next?.count ?? 0) ? most.field : undefined;
  const kindred = fields.filter((field) => values(field).every((value) => isKin(value, declared)));
  const singular = squash(name).replace(/s$/, '');
  const named = fields.find(
    (field) =>
      squash(field) === singular ||
      singular.endsWith(squash(field)) ||
      squash(field).endsWith(singular),
  );
  const alike = kindred.length === 1 ? kindred[0] : undefined;
  const only = sole && fields.length === 1 ? fields[0] : undefined;
  const chosen = same ?? leading ?? alike ?? named ?? only;
  return chosen === undefined ? undefined : values(chosen);
}

const OFF = new Set(['', 'disabled', 'none', 'off', 'false', '0', 'default', 'inactive']);

/** Nothing set up: empty, zero, or only switches that say off. */
export function isOff(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.every(isOff);
  if (isObject(value)) return Object.values(value).every(isOff);
  return OFF.has(String(value).toLowerCase());
}

const SWITCHES: ReadonlyMap<string, boolean> = new Map(
  Object.entries({
    enabled: true,
    disabled: false,
    on: true,
    off: false,
    internal: true,
    'internet-facing': false,
  }),
);

/** A single value inside an object: `{ State: "disabled" }`, `{ Configured: false }`. */
function inner(object: JsonObject): JsonValue | undefined {
  const values = Object.values(object);
  const [value] = values;
  return values.length === 1 && typeof value !== 'object' ? value : undefined;
}

/**
 * What CloudFront and a few others wrap every list in: `{ Quantity, Items }`, without items where there are none, and with what
 * else belongs to the list beside them (`CachedMethods`) where the code lists plain values.
 */
function unwrapItems(value: JsonValue, plain: boolean): JsonValue {
  if (!isObject(value)) return value;
  const keys = Object.keys(value).map((key) => key.toLowerCase());
  if (!keys.includes('quantity')) return value;
  const items = read(value, 'Items') ?? read(value, 'items');
  const alone = keys.every((key) => key === 'items' || key === 'quantity');
  if (Array.isArray(items)) return alone || plain ? items : value;
  return alone ? [] : value;
}

const isPlainList = (value: JsonValue | undefined): boolean =>
  Array.isArray(value) && value.length > 0 && value.every((one) => typeof one !== 'object');

/**
 * Tags in the shape and words the code uses for them, so that rules about tags see one vocabulary: a map, or a list of
 * `Key` or `key` with values. Undefined when the live side holds no tags.
 */
export function shapeTags(declared: JsonValue, live: JsonValue): JsonValue | undefined {
  const map = Array.isArray(live) ? asMap(live) : isObject(live) ? live : undefined;
  if (!map || !Array.isArray(declared)) return map;
  const names = new Set(declared.filter(isObject).flatMap((tag) => Object.keys(tag)));
  const key = KEYS.find((name) => names.has(name)) ?? 'Key';
  const value = VALUES.find((name) => names.has(name)) ?? 'Value';
  return Object.entries(map).map(([name, one]) => ({ [key]: name, [value]: one }));
}

/**
 * The live value in the shape the provider gives it in its state, or undefined when the two shapes have nothing in
 * common and a comparison would be a guess.
 */
export function shapeLike(
  declared: JsonValue | undefined,
  actual: JsonValue,
  name: string,
): { value: JsonValue } | undefined {
  const value = unwrapItems(actual, isPlainList(declared));
  if (Array.isArray(declared)) return shapeList(declared, value, name);
  if (isObject(declared)) {
    if (!Array.isArray(value)) return { value };
    const map = asMap(value);
    return map ? { value: map } : undefined;
  }
  if (isObject(value) && declared !== undefined && declared !== null && declared !== '') {
    const only = inner(value);
    return only === undefined ? shapeDocument(declared, value) : shapeLike(declared, only, name);
  }
  const document = Array.isArray(value) ? parseJsonDocument(declared) : undefined;
  if (document !== undefined) return { value: recased(value, document) };
  if (typeof declared === 'string' && Array.isArray(value) && value.every(isObject)) {
    const all = project([declared], value, name, false);
    const one = all?.includes(declared) === true ? declared : all?.[0];
    return one === undefined ? undefined : { value: one };
  }
  if (Array.isArray(value) && typeof declared !== 'string') return undefined;
  if (Array.isArray(value))
    return value.length === 1 && typeof value[0] !== 'object'
      ? { value: value[0] ?? null }
      : { value };
  if (typeof declared === 'boolean' && typeof value === 'string') {
    return { value: SWITCHES.get(value.toLowerCase()) ?? value };
  }
  return { value };
}

/** A document in the state is text; in the API it may be an object. */
function shapeDocument(declared: JsonValue, value: JsonObject): { value: JsonValue } | undefined {
  const document = parseJsonDocument(declared);
  return document === undefined ? undefined : { value: recased(value, document) };
}

const lowerFirst = (name: string): string =>
  name.replace(/^[A-Z]/, (letter) => letter.toLowerCase());

/** A live document with its keys as the code spells them: `containerPort` in the code, `ContainerPort` in the answer (F19). */
function recased(live: JsonValue, declared: JsonValue | undefined): JsonValue {
  if (Array.isArray(live)) {
    const elements = Array.isArray(declared) ? declared.filter(isObject) : [];
    const union = Object.fromEntries(elements.flatMap((one) => Object.entries(one)));
    return live.map((one) => recased(one, isObject(one) ? union : undefined));
  }
  if (!isObject(live)) return live;
  const model = isObject(declared) ? declared : {};
  const own = indexKeys(model);
  const camel = own.size > 0 && [...own.values()].every((name) => /^[a-z]/.test(name));
  return Object.fromEntries(
    Object.entries(live).map(([key, value]) => {
      const name = own.get(squash(key));
      const inner = name === undefined ? undefined : read(model, name);
      return [name ?? (camel ? lowerFirst(key) : key), recased(value, inner)];
    }),
  );
}

const QUOTED = /^"(?:[^"\\]|\\.)*"$/;

/** Text records are quoted in zone files and answers, and not in code (RFC 1035, section 5.1). */
function unquoted(declared: readonly JsonValue[], live: readonly JsonValue[]): JsonValue[] {
  const isQuoted = (one: JsonValue): boolean => typeof one === 'string' && QUOTED.test(one);
  if (!live.every(isQuoted) || declared.some(isQuoted)) return [...live];
  return live.map((one) => (typeof one === 'string' ? one.slice(1, -1) : one));
}

function shapeList(
  declared: readonly JsonValue[],
  value: JsonValue,
  name: string,
): { value: JsonValue } | undefined {
  const scalars = declared.length > 0 && declared.every((item) => typeof item !== 'object');
  if (typeof value === 'string' && !/^\s*[{[]/.test(value)) {
    return { value: isEmpty(value) ? [] : value.split(',').map((part) => part.trim()) };
  }
  if (isObject(value)) {
    if (scalars) return undefined;
    const keyed = keyedList(declared, value);
    if (keyed) return { value: keyed };
    return { value: declared.length === 0 && isOff(value) ? [] : [value] };
  }
  if (!Array.isArray(value) || !scalars) return { value };
  if (value.every((item) => !isObject(item))) return { value: unquoted(declared, value) };
  const projected = project(declared, value, name);
  return projected ? { value: unquoted(declared, projected) } : undefined;
}
