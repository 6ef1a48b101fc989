import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import { isObject, read } from '../../values.js';
import { indexKeys, LIKENESS_LIMIT, singular, squash, type Nouns } from './name-match.js';
import { keyOfWords } from './name-words.js';
import type { Found } from './published-place.js';

interface Inner {
  readonly outer: string;
  readonly object: JsonObject;
  readonly segments: readonly (string | number)[];
}

/** Objects one level down, the only element of a list included. */
function innerObjects(actual: JsonObject): Inner[] {
  return Object.entries(actual).flatMap(([outer, value]) => {
    if (isObject(value)) return [{ outer, object: value, segments: [outer] }];
    const [only] = Array.isArray(value) && value.length === 1 ? value : [];
    return isObject(only) ? [{ outer, object: only, segments: [outer, 0] }] : [];
  });
}

const ENOUGH = 3;
const envelopes = new WeakMap<JsonObject, Map<string, boolean>>();

/**
 * Whether an object holds what the code declares of the resource itself (`DistributionConfig`, `BackupPlan`,
 * `OriginAccessControlConfig`): it is called after the type, or several of the attributes are in it by their own names.
 */
function isEnvelope({ outer, object }: Inner, names: readonly string[], nouns: Nouns): boolean {
  const known = envelopes.get(object) ?? new Map<string, boolean>();
  envelopes.set(object, known);
  const key = nouns.words.join(' ');
  const said = known.get(key);
  if (said !== undefined) return said;
  const called = squash(outer).replace(/(config|configuration|description|info)$/, '');
  const own = nouns.words.map((_, from) => nouns.words.slice(from).join(''));
  const index = indexKeys(object);
  const shared = (): number => {
    const plain = new Set([...index.keys()].map(singular));
    return names.filter((name) => plain.has(singular(squash(name)))).length;
  };
  const answer = own.includes(called) || shared() >= ENOUGH;
  known.set(key, answer);
  return answer;
}

const sharesWord = (name: string, outer: string): boolean =>
  name.split('_').some((word) => word.length > 2 && squash(outer).includes(word.replace(/s$/, '')));

function called(key: string, { object, outer }: Inner, nouns: Nouns): string | undefined {
  const index = indexKeys(object);
  if (index.size > LIKENESS_LIMIT) return undefined;
  const exact = index.get(squash(key));
  if (exact !== undefined) return exact;
  const around = outer.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+/g) ?? [];
  const words = [...nouns.words, ...around.map((word) => word.toLowerCase())];
  return keyOfWords(key, index.values(), { ...nouns, words });
}

/** `encryption_at_rest_kms_key_arn` in the object `EncryptionAtRest`: the one key that the rest of the name is in. */
function afterPrefix(key: string, inner: Inner): string | undefined {
  const prefix = squash(inner.outer);
  const name = squash(key);
  if (prefix.length < 5 || !name.startsWith(prefix) || name === prefix) return undefined;
  const words = key.split('_');
  const from = words.findIndex((_, at) => words.slice(0, at).join('') === prefix);
  if (from < 0) return undefined;
  const rest = words.slice(from).filter((word) => !/^(arns?|ids?|names?)$/.test(word));
  const fits = Object.keys(inner.object).filter((candidate) =>
    rest.every((word) => squash(candidate).includes(word)),
  );
  return rest.length > 0 && fits.length === 1 ? fits[0] : undefined;
}

/**
 * The place one level down of what the code declares flat. Sure where the object around it is an envelope, shares a word
 * with the name, or holds a block of that very name; a guess where one object has such a key and nothing more speaks for it.
 */
export function nestedPlace(
  key: string,
  value: JsonValue | undefined,
  actual: JsonObject,
  names: readonly string[],
  nouns: Nouns,
): Found | undefined {
  const found = innerObjects(actual).flatMap((inner) => {
    const after = afterPrefix(key, inner);
    const name = after ?? called(key, inner, nouns);
    const held = name === undefined ? undefined : read(inner.object, name);
    if (name === undefined || held === undefined || held === null) return [];
    const block = key.includes('_') && Array.isArray(value) && isObject(held);
    const sure =
      after !== undefined ||
      block ||
      isEnvelope(inner, names, nouns) ||
      (key.includes('_') && sharesWord(key, inner.outer));
    return [{ value: held, segments: [...inner.segments, name], sure }];
  });
  const sure = found.filter((one) => one.sure);
  const [best] = sure.length > 0 ? sure : found;
  return best && (sure.length > 0 ? sure : found).length === 1 ? best : undefined;
}

/** A plain value inside the object that is called after it: `badge_enabled` of `badge`, `schedule` of `Schedule`. */
export function insideNamed(
  key: string,
  { value, segments }: Found,
  nouns: Nouns,
): Found | undefined {
  const outer = segments.at(-1);
  if (!isObject(value) || typeof outer !== 'string') return undefined;
  const name = called(key, { outer, object: value, segments }, nouns);
  const held = name === undefined ? undefined : read(value, name);
  if (name === undefined || held === undefined || held === null) return undefined;
  return { value: held, segments: [...segments, name], sure: true };
}
