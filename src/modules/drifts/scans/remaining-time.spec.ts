import { describe, expect, it } from '@jest/globals';
import { RemainingTime } from './remaining-time.js';

describe('the remaining time of a scan', () => {
  it('is unknown until the parts are counted and one of them is done', () => {
    const remaining = new RemainingTime(() => 0);
    expect(remaining.seconds(0, null)).toBeNull();
    expect(remaining.seconds(0, 10)).toBeNull();
  });

  it('follows from the parts done and the time they took', () => {
    let now = 0;
    const remaining = new RemainingTime(() => now);
    remaining.seconds(0, 10);
    now = 4000;
    expect(remaining.seconds(2, 10)).toBe(16);
    now = 20_000;
    expect(remaining.seconds(10, 10)).toBe(0);
  });

  it('does not count what an earlier attempt had read', () => {
    let now = 0;
    const remaining = new RemainingTime(() => now);
    remaining.seconds(90, 100);
    now = 5000;
    expect(remaining.seconds(95, 100)).toBe(5);
  });
});
