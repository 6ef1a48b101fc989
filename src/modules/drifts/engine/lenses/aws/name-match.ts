/** `VisibilityTimeout`, `visibility_timeout`, `visibilityTimeout` alike. */
export const squash = (name: string): string => name.replace(/[^A-Za-z0-9]/g, '').toLowerCase();

export interface NameMatch {
  readonly key: string;
  /** False when only likeness speaks for it. */
  readonly sure: boolean;
}

/** Endings that say what a value is and not which one. */
const WRAPPERS = /(configurations?|configs?|settings|specifications?)$/;
const UNITS =
  /(inseconds|inminutes|inhours|indays|seconds|minutes|hours|days|milliseconds|millis|inbytes|bytes|ingb|inmb|gib|mib|count)$/;

export function singular(name: string): string {
  if (name.endsWith('ies')) return `${name.slice(0, -3)}y`;
  return name.replace(/(?<=x|ss)es$|(?<!s)s$/, '');
}

const withoutSwitch = (name: string): string =>
  name.replace(/^(enabled?|is)|(enabled|enable)$/g, '');

/** What stands before a name: the last words of a type (`DBInstanceClass`), any words of a block (`MetricName`). */
export interface Nouns {
  readonly words: readonly string[];
  readonly of: 'type' | 'block';
}

export const NO_NOUNS: Nouns = { words: [], of: 'block' };

function prefixes({ words, of }: Nouns): string[] {
  const all: string[] = [];
  for (let from = 0; from < words.length; from++) {
    for (let to = of === 'type' ? words.length : from + 1; to <= words.length; to++) {
      const run = words.slice(from, to).join('');
      all.push(run, singular(run));
    }
  }
  return all;
}

/**
 * The same name with all the words of its type before it, where the two share some: `instance_class` of a `db_instance` is
 * `DBInstanceClass`.
 */
function overlapping({ words, of }: Nouns, wanted: string): string[] {
  if (of !== 'type') return [];
  return words.flatMap((_, from) => {
    const tail = words.slice(from).join('');
    return from > 0 && wanted.length > tail.length && wanted.startsWith(tail)
      ? [words.slice(0, from).join('') + wanted]
      : [];
  });
}

const indexes = new WeakMap<object, ReadonlyMap<string, string>>();

/** The keys of a live object by their squashed form; kept as long as the object is. */
export function indexKeys(actual: object): ReadonlyMap<string, string> {
  const known = indexes.get(actual);
  if (known) return known;
  const index = indexNames(Object.keys(actual));
  indexes.set(actual, index);
  return index;
}

/** Names by their squashed form; the first of two that squash alike wins. */
export function indexNames(names: Iterable<string>): ReadonlyMap<string, string> {
  const index = new Map<string, string>();
  for (const name of names) {
    const short = squash(name);
    if (!index.has(short)) index.set(short, name);
  }
  return index;
}

/** An object with more keys is a map of somebody's own names, not an API's answer. */
export const LIKENESS_LIMIT = 1000;

function unique(keys: readonly string[]): string | undefined {
  return new Set(keys).size === 1 ? keys[0] : undefined;
}

/**
 * The key of the live object that holds what the provider calls `name`. `mapped` are the names a published map gives,
 * `nouns` the words of the type or block it stands in.
 */
export function matchName(
  name: string,
  index: ReadonlyMap<string, string>,
  mapped: readonly string[],
  nouns: Nouns,
): NameMatch | undefined {
  const wanted = squash(name);
  // `security_group_ids` are `SecurityGroups`; where the answer has a list of that very name, it is none of another name.
  const own =
    name.endsWith('ids') && !index.has(wanted) ? index.get(wanted.replace(/ids$/, 's')) : undefined;
  if (own !== undefined) return { key: own, sure: true };
  for (const candidate of [...mapped.map(squash), wanted]) {
    const key = index.get(candidate);
    if (key !== undefined) return { key, sure: true };
  }
  // Where a published name exists and is absent, a name that merely looks like it is another field.
  if (mapped.length > 0 || index.size > LIKENESS_LIMIT) return undefined;
  // Tags are called tags; what resembles them is something else (`tag_specifications`).
  const isTags = /^tags?$/.test(wanted);
  const entries = [...index].filter(([other]) => isTags || !/^tag(s|set|list)$/.test(other));
  const like = (same: (other: string) => boolean): string | undefined =>
    unique(entries.filter(([other]) => same(other)).map(([, key]) => key));
  const plain = singular(wanted);
  const core = singular(wanted.replace(WRAPPERS, ''));
  const off = withoutSwitch(wanted);
  const before = prefixes(nouns);
  const sure =
    like((other) => singular(other) === plain) ??
    like((other) => core !== '' && singular(other.replace(WRAPPERS, '')) === core) ??
    (off === wanted ? undefined : like((other) => withoutSwitch(other) === off)) ??
    like((other) => overlapping(nouns, wanted).includes(other)) ??
    like((other) =>
      before.some((prefix) => other === prefix + wanted || singular(other) === prefix + plain),
    ) ??
    like((other) =>
      before.some(
        (prefix) =>
          prefix !== '' && core !== '' && singular(other.replace(WRAPPERS, '')) === prefix + core,
      ),
    );
  if (sure !== undefined) return { key: sure, sure: true };
  const bare = wanted.replace(UNITS, '');
  const guess =
    like((other) => other.replace(UNITS, '') === bare) ??
    like((other) => before.some((prefix) => wanted === prefix + other && other.length > 3)) ??
    like(
      (other) =>
        wanted.length > 5 && other.length > 5 && (other.endsWith(wanted) || wanted.endsWith(other)),
    );
  return guess === undefined ? undefined : { key: guess, sure: false };
}
