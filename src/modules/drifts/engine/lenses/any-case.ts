import type { JsonObject } from '../../../../core/providers/index.js';

type Index = ReadonlyMap<string, string>;

/**
 * Finds the key by which an object holds a name that may be spelled in another way. Every object is indexed once, because
 * one of ten thousand keys is asked for each of them.
 */
export function keyFinder(
  spell: (key: string) => string,
): (object: JsonObject, spelled: string) => string | undefined {
  const indexes = new WeakMap<JsonObject, Index>();
  return (object, spelled) => {
    let index = indexes.get(object);
    if (index === undefined) {
      const made = new Map<string, string>();
      for (const key of Object.keys(object)) {
        const name = spell(key);
        if (!made.has(name)) made.set(name, key);
      }
      indexes.set(object, made);
      index = made;
    }
    return index.get(spelled);
  };
}

const inLowerCase = keyFinder((key) => key.toLowerCase());

/** The key for a name as it is written, or in other letters; undefined when the object has none. */
export function keyInAnyCase(object: JsonObject, name: string): string | undefined {
  return Object.hasOwn(object, name) ? name : inLowerCase(object, name.toLowerCase());
}
