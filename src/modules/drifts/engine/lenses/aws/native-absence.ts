import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import type { FieldFacts } from '../../field.js';
import { isDeepEmpty, isObject } from '../../values.js';
import { indexKeys, matchName, NO_NOUNS, squash, type Nouns } from './name-match.js';
import type { NativeContext, NativePosition } from './native-context.js';
import { isOff } from './native-value.js';

/** Whether a value is more than the zero an API may leave out; plain lists are often filled in by the provider. */
function saysSomething(value: JsonValue): boolean {
  if (value === false || value === 0 || isDeepEmpty(value)) return false;
  return !Array.isArray(value) || value.every(isObject);
}

/** Words the code chose; ids and zones may have been filled in by the service. */
function isWordList(value: JsonValue): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((one) => typeof one === 'string' && /^[a-z]+$/i.test(one))
  );
}

/** The registry's model has a property for it, and the object it stands in was answered without. */
function removedBelow(
  key: string,
  value: JsonValue,
  { block, code, place }: NativePosition,
  { mapped }: NativeContext,
  nouns: Nouns,
): { readonly fallback: JsonValue | undefined } | undefined {
  if (!place || isOff(value) || !(saysSomething(value) || isWordList(value))) return undefined;
  // A single word may be a default that nobody published; states write those out.
  if (typeof value === 'string' && /^[A-Za-z]+$/.test(value)) return undefined;
  const published = mapped.get(code === undefined ? key : `${block}.${key}`) ?? [];
  const property = place.property(key, published, nouns);
  return property === undefined ? undefined : { fallback: place.fallback(property) };
}

/**
 * Whether the answer would have shown a declared attribute that is not in it, so that its absence means it was removed, and
 * what stands there when nobody set it. Undefined where nothing published says so.
 */
export function removed(
  key: string,
  value: JsonValue,
  facts: FieldFacts,
  at: NativePosition,
  context: NativeContext,
  nouns: Nouns,
  actual: JsonObject,
): { readonly fallback: JsonValue | undefined } | undefined {
  if (at.code !== undefined) return removedBelow(key, value, at, context, nouns);
  const says = saysSomething(value) || isWordList(value);
  if (facts.kind === 'tags' || !says) return undefined;
  const published = context.mapped.get(key) ?? [];
  // Of a place inside an object the answer says nothing when it lacks the whole object.
  const outer = published.flatMap((name) => {
    const [first = name] = name.split(/[.[]/, 1);
    return first === name || !indexKeys(actual).has(squash(first)) ? [first] : [];
  });
  const known = matchName(key, context.answered, outer, NO_NOUNS);
  if (known?.sure !== true)
    return context.answered.size > 0 ? undefined : removedBelow(key, value, at, context, nouns);
  const inner = published
    .find((name) => /[.[]/.test(name))
    ?.split('.')
    .at(-1);
  // An endpoint the service makes by itself: where it has none of this kind, nothing was taken away.
  if (inner !== undefined && /endpoint/i.test(known.key)) return undefined;
  return {
    fallback: context.defaults?.(known.key) ?? (inner && context.defaults?.(inner)),
  };
}
