import type { Comparator } from '../comparator.js';

const RATE = /^rate\((\d+) (minute|hour|day)s?\)$/;
const MINUTES: ReadonlyMap<string, number> = new Map(
  Object.entries({ minute: 1, hour: 60, day: 1440 }),
);

function minutes(value: string): number | undefined {
  const match = RATE.exec(value.trim());
  const unit = MINUTES.get(match?.[2] ?? '');
  return match && unit !== undefined ? Number(match[1]) * unit : undefined;
}

/** `rate(60 minutes)` is `rate(1 hour)` (F27; EventBridge Scheduler, "Rate-based schedules"). */
export const rateExpression: Comparator = {
  name: 'rate-expression',
  rule(declared, actual) {
    if (typeof declared !== 'string' || typeof actual !== 'string') return undefined;
    const left = minutes(declared);
    if (left === undefined || left !== minutes(actual)) return undefined;
    return { kind: 'same', why: 'The same rate in another unit.' };
  },
};
