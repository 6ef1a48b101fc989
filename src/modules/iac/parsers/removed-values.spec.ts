import { describe, expect, it } from '@jest/globals';
import { REMOVED, removedPaths, RemovedWatch } from './removed-values.js';

describe('removed values', () => {
  it('are found with their paths', () => {
    const value = { a: [{ b: REMOVED, c: 'x' }], 'd.e': REMOVED, f: `not ${REMOVED}`, g: null };
    expect(removedPaths(value)).toEqual(['a[0].b', '["d.e"]']);
    expect(removedPaths({ a: 'x' })).toEqual([]);
  });

  it.each([1, 2, 7, 16, 17, 18, 100])('are seen in a stream of %i bytes at a time', (size) => {
    const text = Buffer.from(`${'x'.repeat(40)}"${REMOVED}"${'y'.repeat(40)}`);
    const watch = new RemovedWatch();
    for (let at = 0; at < text.length; at += size) watch.look(text.subarray(at, at + size));
    expect(watch.seen).toBe(true);
    const other = new RemovedWatch();
    other.look(Buffer.from('(sensitive'));
    other.look(Buffer.from(' values)'));
    expect(other.seen).toBe(false);
  });
});
