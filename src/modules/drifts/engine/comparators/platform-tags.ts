import type { JsonObject, JsonValue } from '../../../../core/providers/index.js';
import type { Comparator } from '../comparator.js';
import type { Field } from '../field.js';
import { isObject, read } from '../values.js';

/** Tags AWS reserves for itself: nobody else can write them ("Tag naming limits", Tagging AWS Resources guide). */
const RESERVED = /^aws:/i;

type Entry = readonly [key: string, value: JsonValue | undefined];

function keyOf(tag: JsonValue): string | undefined {
  if (!isObject(tag)) return undefined;
  const key = read(tag, 'Key') ?? read(tag, 'key') ?? read(tag, 'TagKey') ?? read(tag, 'tagKey');
  return typeof key === 'string' ? key : undefined;
}

function valueOf(tag: JsonValue): JsonValue | undefined {
  if (!isObject(tag)) return undefined;
  return read(tag, 'Value') ?? read(tag, 'value') ?? read(tag, 'TagValue') ?? read(tag, 'tagValue');
}

function factMap(field: Field, name: string): JsonObject {
  const value = read(field.pair.scan.facts, name);
  return isObject(value) ? value : {};
}

/**
 * Clusters share the networks they run in: EKS, kops and the load balancer controllers mark what they use with
 * `kubernetes.io/cluster/<name>` (Amazon EKS, "View Amazon EKS networking requirements for VPC and subnets").
 */
function isClusterMark(key: string, value: JsonValue | undefined): boolean {
  return (
    /^kubernetes\.io\/cluster\/[\w.-]+$/.test(key) && (value === 'shared' || value === 'owned')
  );
}

/** `tags_all` repeats the resource's own tags. */
function ownTags(field: Field): JsonObject {
  const tags =
    field.key === 'tags_all' && field.declaredParent
      ? read(field.declaredParent, 'tags')
      : undefined;
  return isObject(tags) ? tags : {};
}

/** What `tags_all` holds beside `tags`: the default tags of the provider block, declared for this resource as well (F46). */
function defaultTags(declared: JsonValue | undefined, field: Field): JsonObject {
  // A provider's state keeps the two apart on either side.
  if (field.key !== 'tags' || field.pair.actual.format === 'terraform-attributes') return {};
  const all = field.declaredParent ? read(field.declaredParent, 'tags_all') : undefined;
  const own = keysIn(declared);
  return Object.fromEntries(
    Object.entries(isObject(all) ? all : {}).filter(([key]) => !own.has(key)),
  );
}

/** Tags somebody else put there with the right to: the platform, the stack (exact value), the provider block (exact value). */
function isForeign([key, value]: Entry, declaredKeys: ReadonlySet<string>, field: Field): boolean {
  if (declaredKeys.has(key)) return false;
  if (RESERVED.test(key) || isClusterMark(key, value)) return true;
  const maps = [factMap(field, 'stackTags'), factMap(field, 'providerDefaultTags'), ownTags(field)];
  return value !== undefined && maps.some((map) => read(map, key) === value);
}

const sizeOf = (tags: JsonValue[] | JsonObject): number =>
  Array.isArray(tags) ? tags.length : Object.keys(tags).length;

function withoutForeign(
  actual: JsonValue[] | JsonObject,
  declaredKeys: ReadonlySet<string>,
  field: Field,
): JsonValue[] | JsonObject | undefined {
  if (Array.isArray(actual)) {
    if (!actual.every((tag) => keyOf(tag) !== undefined)) return undefined;
    return actual.filter(
      (tag) => !isForeign([keyOf(tag) ?? '', valueOf(tag)], declaredKeys, field),
    );
  }
  return Object.fromEntries(
    Object.entries(actual).filter((entry) => !isForeign(entry, declaredKeys, field)),
  );
}

function keysIn(declared: JsonValue | undefined): ReadonlySet<string> {
  if (Array.isArray(declared)) return new Set(declared.map((tag) => keyOf(tag) ?? ''));
  return new Set(isObject(declared) ? Object.keys(declared) : []);
}

/**
 * Tags the platform, the stack or the provider's default tags added (F46, F53, F54). Reads the facts `stackTags` and
 * `providerDefaultTags`, both flat maps; only an exact match of key and value is folded.
 */
export const platformTags: Comparator = {
  name: 'platform-tags',
  rule(declared, actual, field) {
    if (field.facts.kind !== 'tags' && !/^tags(_all)?$/i.test(field.key)) return undefined;
    if (!Array.isArray(actual) && !isObject(actual)) return undefined;
    const defaults = defaultTags(declared, field);
    if (Object.keys(defaults).length > 0 && !Array.isArray(declared) && isObject(actual)) {
      const whole = { ...(isObject(declared) ? declared : {}), ...defaults };
      const rest = withoutForeign(actual, keysIn(whole), field) ?? actual;
      const why = "The provider's default tags are declared too, and the platform's own set aside.";
      return { kind: 'view', declared: whole, actual: rest, why, sets: true };
    }
    const own = withoutForeign(actual, keysIn(declared), field);
    if (own === undefined) return undefined;
    const size = sizeOf(own);
    if (size === sizeOf(actual)) return undefined;
    const why = 'Tags reserved for the platform, or set on the stack or provider with this value.';
    if (size === 0 && (declared === undefined || declared === null || keysIn(declared).size === 0))
      return { kind: 'same', why };
    if (declared === undefined || declared === null) return undefined;
    return { kind: 'view', declared, actual: own, why, sets: true };
  },
};
