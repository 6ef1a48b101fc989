import { TextIndex } from '../../../../../core/collections/index.js';
import type { JsonValue } from '../../../../../core/providers/index.js';
import { viewNode } from '../../lenses/same-shape.js';
import { canonicalText, countLeaves, identical } from '../../values.js';
import type { ReportBuilder } from '../report-builder.js';
import { compareElement, isFull, reportExtra, type Lists } from './elements.js';

/** Above this many unpaired elements, pairing by trial is quadratic and is not tried. */
const MAX_TRIALS = 64;
const NONE = -1;

/** Which elements are settled, by position, and with which of the other side; in O(n) whatever the order. */
interface Partners {
  /** Position of the actual element; -1 while it is open. */
  readonly declared: Int32Array;
  /** 1 where an actual element has its partner. */
  readonly actual: Uint8Array;
}

/** Elements in any order: the identical ones first, then those that mean the same, then what is left, in order. */
export function compareSets(lists: Lists): void {
  const { walk, actual, place } = lists;
  const partners = pairIdentical(lists);
  const turned = countPaired(lists, partners);
  const open = openIn(partners);
  for (const report of pairByTrial(lists, partners, open)) walk.report.merge(report);
  const left = open.declared.length + open.actual.length === 0 ? open : openIn(partners);
  const settled = left.declared.length === 0 && left.actual.length === 0;
  if (settled && turned)
    walk.report.suppress(place, 'set-order', 'The list is a set; order and position mean nothing.');
  for (const [rank, position] of left.declared.entries()) {
    if (isFull(lists)) return;
    compareElement(lists, position, left.actual[rank]);
  }
  const extra = left.actual.slice(left.declared.length);
  if (extra.length === 0) return;
  const alone = new Set(left.actual);
  const known: JsonValue[] = [];
  for (let other = 0; other < actual.length && known.length < MAX_TRIALS; other++)
    if (!alone.has(other)) known.push(actual[other] ?? null);
  for (const other of extra) {
    if (isFull(lists)) return;
    if (isListedAlready(lists, known, actual[other] ?? null)) {
      walk.report.suppress(
        place,
        'duplicate-in-set',
        'The provider lists a member of a set twice.',
      );
    } else reportExtra(lists, other, other);
  }
}

/** Pairs equal elements, the first with the first: both sides as bags, by the hash of each element, which is then looked at. */
function pairIdentical({ declared, actual }: Lists): Partners {
  const partners: Partners = {
    declared: new Int32Array(declared.length).fill(NONE),
    actual: new Uint8Array(actual.length),
  };
  const texts = new TextIndex();
  /** The next element of the same text, and the first one still free of each. */
  const next = new Int32Array(actual.length).fill(NONE);
  const first = new Int32Array(actual.length).fill(NONE);
  for (let position = actual.length - 1; position >= 0; position--) {
    const number = texts.add(textOf(actual[position] ?? null));
    next[position] = first[number] ?? NONE;
    first[number] = position;
  }
  for (const [position, value] of declared.entries()) {
    const number = texts.find(textOf(value));
    const other = number === NONE ? NONE : (first[number] ?? NONE);
    if (other === NONE || !isSame(value, actual[other] ?? null)) continue;
    first[number] = next[other] ?? NONE;
    partners.declared[position] = other;
    partners.actual[other] = 1;
  }
  return partners;
}

/** Most members of sets are texts; nothing else begins with a quote. */
function textOf(value: JsonValue): string {
  return typeof value === 'string' ? `"${value}` : canonicalText(value);
}

/** Nearly always; one pair of hashes in 10²⁰ says so wrongly. */
function isSame(left: JsonValue, right: JsonValue): boolean {
  return identical(left, right) || textOf(left) === textOf(right);
}

/** Counts what is settled as compared; answers whether any of it stands elsewhere. */
function countPaired({ walk, declared }: Lists, partners: Partners): boolean {
  let turned = false;
  for (const [position, other] of partners.declared.entries()) {
    if (other === NONE) continue;
    walk.report.comparedLeaves += countLeaves(declared[position]);
    if (position !== other) turned = true;
  }
  return turned;
}

interface Open {
  readonly declared: readonly number[];
  readonly actual: readonly number[];
}

function openIn(partners: Partners): Open {
  const open: { declared: number[]; actual: number[] } = { declared: [], actual: [] };
  for (const [position, other] of partners.declared.entries())
    if (other === NONE) open.declared.push(position);
  for (const [position, paired] of partners.actual.entries())
    if (paired === 0) open.actual.push(position);
  return open;
}

/** Pairs elements that differ in bytes and not in meaning, by comparing them on trial; answers what the trials had to say. */
function pairByTrial(
  { walk, declared, actual, element, place, depth }: Lists,
  partners: Partners,
  left: Open,
): ReportBuilder[] {
  const reports: ReportBuilder[] = [];
  if (left.declared.length > MAX_TRIALS || left.actual.length > MAX_TRIALS) return reports;
  const open = new Set(left.actual);
  for (const position of left.declared) {
    for (const other of open) {
      const report = walk.report.trial();
      const below = place.child(position, [other]);
      walk.compare(
        { ...walk, report },
        declared[position],
        actual[other],
        element,
        below,
        depth + 1,
      );
      if (report.contradicted) continue;
      open.delete(other);
      partners.declared[position] = other;
      partners.actual[other] = 1;
      reports.push(report);
      break;
    }
  }
  return reports;
}

/** The provider lists a member twice, perhaps in another spelling (one resource by two links). */
function isListedAlready(
  { walk, place, depth }: Lists,
  known: readonly JsonValue[],
  extra: JsonValue,
): boolean {
  return known.some((member) => {
    const report = walk.report.trial();
    walk.compare({ ...walk, report }, member, extra, viewNode(true), place, depth + 1);
    return !report.contradicted;
  });
}
