import type { JsonValue } from '../../../../core/providers/index.js';
import type { Comparator } from '../comparator.js';

const DURATION =
  /^P(?=.)(?:(\d{1,9})Y)?(?:(\d{1,9})M)?(?:(\d{1,9})W)?(?:(\d{1,9})D)?(?:T(?=.)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(\.\d{1,9})?S)?)?$/;

/** Months, and seconds with their fraction: a month has no fixed number of days. */
function amount(value: JsonValue | undefined): string | undefined {
  const match = typeof value === 'string' ? DURATION.exec(value) : null;
  if (!match) return undefined;
  const [years, months, weeks, days, hours, minutes, seconds] = match
    .slice(1, 8)
    .map((part: string | undefined) => BigInt(part ?? 0));
  const inMonths = (years ?? 0n) * 12n + (months ?? 0n);
  const inDays = (weeks ?? 0n) * 7n + (days ?? 0n);
  const inSeconds =
    ((inDays * 24n + (hours ?? 0n)) * 60n + (minutes ?? 0n)) * 60n + (seconds ?? 0n);
  const fraction = (match[8] ?? '').replace(/\.?0*$/, '');
  return `${inMonths}M${inSeconds}${fraction}S`;
}

/** `PT60M` is `PT1H`, `P1D` is `PT24H`; a month is no number of days (F27; ISO 8601-1, durations as in Azure's APIs). */
export const isoDuration: Comparator = {
  name: 'iso-duration',
  rule(declared, actual) {
    const left = amount(declared);
    if (left === undefined || left !== amount(actual)) return undefined;
    return { kind: 'same', why: 'The same ISO 8601 duration in other units.' };
  },
};
