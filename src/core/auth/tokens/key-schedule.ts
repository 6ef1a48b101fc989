import { LONGEST_ACCESS_TOKEN_SECONDS } from '../../config/index.js';

interface Scheduled {
  readonly signs_from: Date;
}

/** A new key is published this long before it signs: longer than any process or reader of the JWKS caches. */
export const PUBLISHED_AHEAD_MS = 10 * 60_000;
/** Clocks of other machines may be this wrong. */
const CLOCK_SKEW_MS = 60_000;

/**
 * When the next key should start to sign; null while none is due. `keys` in order of `signs_from`. The first key
 * signs at once.
 */
export function nextKeyStart(
  keys: readonly Scheduled[],
  rotationMs: number,
  now: number,
): number | null {
  const newest = keys.at(-1);
  if (newest === undefined) return now;
  const due = newest.signs_from.getTime() + rotationMs;
  if (due - PUBLISHED_AHEAD_MS > now) return null;
  return Math.max(due, now + PUBLISHED_AHEAD_MS);
}

/** The keys a valid token may carry: the current one, the next one, and old ones until their last token has expired. */
export function verifiableAt<Key extends Scheduled>(keys: readonly Key[], now: number): Key[] {
  return keys.filter((_key, index) => {
    const successor = keys[index + 1];
    if (successor === undefined) return true;
    const lastToken = successor.signs_from.getTime() + LONGEST_ACCESS_TOKEN_SECONDS * 1000;
    return lastToken + CLOCK_SKEW_MS > now;
  });
}
