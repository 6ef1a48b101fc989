import { describe, expect, it } from '@jest/globals';
import { nextKeyStart, PUBLISHED_AHEAD_MS, verifiableAt } from './key-schedule.js';

const DAY = 24 * 3_600_000;
const at = (time: number) => ({ signs_from: new Date(time) });

describe('schedule of signing keys', () => {
  it('begins with a key that signs at once', () => {
    expect(nextKeyStart([], 30 * DAY, 1000)).toBe(1000);
  });

  it('publishes the next key before it signs', () => {
    const keys = [at(0)];
    expect(nextKeyStart(keys, 30 * DAY, 30 * DAY - PUBLISHED_AHEAD_MS - 1)).toBeNull();
    expect(nextKeyStart(keys, 30 * DAY, 30 * DAY - PUBLISHED_AHEAD_MS)).toBe(30 * DAY);
    expect(nextKeyStart([...keys, at(30 * DAY)], 30 * DAY, 30 * DAY)).toBeNull();
  });

  it('publishes it ahead as well when an installation slept over the date', () => {
    expect(nextKeyStart([at(0)], 30 * DAY, 90 * DAY)).toBe(90 * DAY + PUBLISHED_AHEAD_MS);
  });

  it('accepts a key until the last token of it has expired, and no longer', () => {
    const keys = [at(0), at(30 * DAY)];
    expect(verifiableAt(keys, 30 * DAY)).toHaveLength(2);
    expect(verifiableAt(keys, 31 * DAY)).toEqual([keys[1]]);
    expect(verifiableAt(keys, 900 * DAY)).toEqual([keys[1]]);
  });
});
