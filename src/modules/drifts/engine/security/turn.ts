import type { JsonObject, JsonValue } from '../../../../core/providers/index.js';
import { pathSegments } from '../compare/path-set.js';
import type { Pair } from '../field.js';
import type { Finding } from '../findings.js';
import { canonicalText, identical, isEmpty, isObject, read } from '../values.js';
import { snakeCase, wordsOf } from './words.js';

/** One setting that went from one value to another; a finding about a block holds several. */
export interface Turn {
  /** Names from the root to here, snake case, without indexes. */
  readonly words: readonly string[];
  /** `words` joined with dots. */
  readonly path: string;
  readonly key: string;
  /** A scalar or a list of scalars; undefined when absent. */
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
  /** Objects the value stands in, innermost first, as declared and as found. */
  readonly beforeIn: readonly JsonObject[];
  readonly afterIn: readonly JsonObject[];
}

/** Hostile input must not keep a scan busy: what lies deeper or beyond is not judged. */
const MAX_DEPTH = 32;
const MAX_TURNS = 2000;
const MAX_JSON_TEXT = 200_000;

type Side = JsonValue | undefined;

const MAX_OBJECTS = 20_000;
const MAX_PATH = 2000;
/** Of lists longer than this only what one side does not have is judged, and no more of it than this. */
const MAX_SCALARS = 10_000;

/** Whether a walk that recurses is safe; this one does not. */
function isShallow(value: Side): boolean {
  let level: JsonValue[] = typeof value === 'object' && value !== null ? [value] : [];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH * 2) return false;
    level = level.flatMap((one) => {
      const inside = typeof one === 'object' && one !== null ? Object.values(one) : [];
      return inside.filter((below) => typeof below === 'object' && below !== null);
    });
  }
  return true;
}

/** Policies and task definitions come as text that holds JSON. */
function opened(value: Side): Side {
  if (typeof value !== 'string' || value.length > MAX_JSON_TEXT || !/^\s*[{[]/.test(value))
    return value;
  try {
    const parsed = JSON.parse(value) as JsonValue;
    return isShallow(parsed) ? parsed : value;
  } catch {
    return value;
  }
}

/** The objects along a path, innermost first; as far as the path leads. */
function enclosing(root: JsonObject, path: string): JsonObject[] {
  const around: JsonObject[] = [root];
  let value: Side = root;
  for (const segment of pathSegments(path).slice(0, -1)) {
    value = opened(value);
    if (isObject(value)) value = read(value, segment);
    else if (Array.isArray(value))
      value = /^\d+$/.test(segment) ? value[Number(segment)] : undefined;
    else break;
    const inside = opened(value);
    if (isObject(inside)) around.unshift(inside);
  }
  return around;
}

const holdsObjects = (list: readonly JsonValue[]): boolean => list.some(isObject);

/** Elements only one side has; what both have is no news wherever it stands. */
function unshared(list: readonly JsonValue[], other: readonly JsonValue[]): JsonValue[] {
  const known = new Set(other.map(canonicalText));
  return list.filter((item) => !known.has(canonicalText(item)));
}

function shortened(left: Side, right: Side): readonly [Side, Side] {
  if (!Array.isArray(left) || !Array.isArray(right)) return [left, right];
  if (left.length + right.length <= MAX_SCALARS) return [left, right];
  const [own, found] = [new Set(left), new Set(right)];
  return [
    left.filter((one) => !found.has(one)).slice(0, MAX_SCALARS),
    right.filter((one) => !own.has(one)).slice(0, MAX_SCALARS),
  ];
}

/** Every setting below a finding that differs. */
export function turnsOf(finding: Finding, pair: Pair): Turn[] {
  const turns: Turn[] = [];
  const { declared, actual } = pair;

  function descend(
    words: readonly string[],
    before: Side,
    after: Side,
    beforeIn: readonly JsonObject[],
    afterIn: readonly JsonObject[],
    depth: number,
  ): void {
    if (turns.length >= MAX_TURNS || depth > MAX_DEPTH) return;
    const left = opened(before);
    const right = opened(after);
    if (isObject(left) !== isObject(right) && !isEmpty(left) && !isEmpty(right)) {
      // One side writes a block, the other a word for it: `Principal: { AWS: … }` and `Principal: "*"`.
      descend(words, left, undefined, beforeIn, afterIn, depth + 1);
      descend(words, undefined, right, beforeIn, afterIn, depth + 1);
      return;
    }
    if (isObject(left) || isObject(right)) {
      const one = isObject(left) ? left : {};
      const other = isObject(right) ? right : {};
      for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
        const [own, found] = [read(one, key), read(other, key)];
        if (identical(own, found)) continue;
        const below = [...words, snakeCase(key)];
        const around = [one, ...beforeIn];
        descend(below, own, found, around, [other, ...afterIn], depth + 1);
      }
      return;
    }
    const lists = [left, right].map((side) => (Array.isArray(side) ? side : []));
    const [leftList = [], rightList = []] = lists;
    if (leftList.length + rightList.length > MAX_OBJECTS && lists.some(holdsObjects)) return;
    if (lists.some(holdsObjects)) {
      const gone = unshared(leftList, rightList);
      const come = unshared(rightList, leftList);
      const isSame = gone.length === 1 && come.length === 1;
      if (isSame) descend(words, gone[0], come[0], beforeIn, afterIn, depth + 1);
      else {
        for (const item of gone) descend(words, item, undefined, beforeIn, afterIn, depth + 1);
        for (const item of come) descend(words, undefined, item, beforeIn, afterIn, depth + 1);
      }
      return;
    }
    const [was, is] = shortened(left, right);
    turns.push({
      words,
      path: words.join('.').slice(-MAX_PATH),
      key: words.at(-1) ?? '',
      before: was ?? undefined,
      after: is ?? undefined,
      beforeIn,
      afterIn,
    });
  }

  if (!isShallow(finding.declared) || !isShallow(finding.actual)) return [];
  descend(
    wordsOf(finding.path === '' ? finding.actualPath : finding.path),
    finding.declared,
    finding.actual,
    enclosing(declared.attributes, finding.path),
    enclosing(actual.properties, finding.actualPath),
    0,
  );
  return turns;
}
