import { squash, type Nouns } from './name-match.js';

/** What a value is: its kind, the wrapping it comes in, or its unit; the words beside them say which one it is. */
const KINDS = ['arn', 'id', 'name'];
const WRAPPING = [
  'config',
  'configuration',
  'setting',
  'specification',
  'description',
  'option',
  'detail',
  'expression',
  'info',
  'list',
  'in',
];
const UNITS = ['second', 'minute', 'hour', 'day', 'millisecond', 'byte', 'gb', 'mb', 'gib', 'mib'];
const SMALL = new Set([...KINDS, ...WRAPPING, ...UNITS]);

const singular = (word: string): string => word.replace(/(?<!s)s$/, '');

const patterns = new Map<string, RegExp>();

/** Nothing but the words of what surrounds the name and words that say what kind of value it is. */
function surrounds(nouns: readonly string[]): RegExp {
  const key = nouns.join(' ');
  const known = patterns.get(key);
  if (known) return known;
  const longest = [...new Set([...nouns.map(singular), ...SMALL])]
    .map((word) => word.replace(/[^a-z0-9]/g, ''))
    .filter((word) => word !== '')
    .sort((left, right) => right.length - left.length);
  const pattern = new RegExp(`^((${longest.join('|')})s?)*$`);
  if (patterns.size > 5000) patterns.clear();
  patterns.set(key, pattern);
  return pattern;
}

function kindOf(name: string): string | undefined {
  return KINDS.find((kind) => new RegExp(`${kind}s?$`).test(name));
}

const unitOf = (name: string): string | undefined =>
  UNITS.find((unit) => new RegExp(`(?<=[a-z])${unit}s?$`).test(name));

/** A name is never an id, and a number in one unit is another number in another. */
function clash(wanted: string, other: string): boolean {
  const [left, right] = [kindOf(wanted), kindOf(other)];
  if (left !== right && [left, right].includes('name') && [left, right].includes('id')) return true;
  const [unit, another] = [unitOf(wanted), unitOf(other)];
  return unit !== undefined && unit !== another;
}

/** A word that only repeats the type: `build` of a `codebuild_project`. */
function repeats(word: string, nouns: readonly string[]): boolean {
  return word.length > 3 && nouns.some((noun) => noun === word || noun.endsWith(word));
}

function takeOut(words: readonly string[], other: string): string | undefined {
  let rest = other;
  for (const word of [...words].sort((left, right) => right.length - left.length)) {
    const at = [word, singular(word)].find((form) => rest.includes(form));
    if (at === undefined) return undefined;
    rest = rest.replace(at, ' ');
  }
  return rest;
}

/** `server_side_encryption` as `SSEDescription`. */
function isAcronym(words: readonly string[], live: string): boolean {
  const letters = words.map((word) => word.charAt(0)).join('');
  return letters.length > 2 && live.startsWith(letters) && SMALL.has(live.slice(letters.length));
}

/**
 * Whether two names are made of the same words, in whatever order, once those of the type or block around them and those
 * that only say what kind of value it is are left aside: `target_vault_name` of a backup plan is `TargetBackupVault`,
 * `schedule` is `ScheduleExpression`, `start_window` is `StartWindowMinutes`.
 */
export function sameWords(name: string, other: string, { words: nouns }: Nouns): boolean {
  const live = squash(other);
  if (clash(squash(name), live)) return false;
  const words = name.split(/[_-]|(?<=[a-z0-9])(?=[A-Z])/).map((word) => word.toLowerCase());
  const telling = words.filter((word) => !SMALL.has(singular(word)));
  const core = telling.filter((word) => !repeats(word, nouns));
  const wanted = core.length > 0 ? core : telling;
  if (wanted.join('').length < 3) return false;
  const rest = takeOut(wanted, live);
  if (rest === undefined) return isAcronym(words, live);
  const around = surrounds(nouns);
  return rest.split(' ').every((chunk) => around.test(chunk.replace(/^e?s(?=$)/, '')));
}

/** The one key of a live object made of the same words; undefined where none or several are. */
export function keyOfWords(name: string, keys: Iterable<string>, nouns: Nouns): string | undefined {
  let found: string | undefined;
  for (const key of keys) {
    if (!sameWords(name, key, nouns)) continue;
    if (found !== undefined) return undefined;
    found = key;
  }
  return found;
}
