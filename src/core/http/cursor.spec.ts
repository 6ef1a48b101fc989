import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseConfig } from '../config/index.js';
import { CursorCodec } from './cursor.js';
import { toPage } from './page.js';

const codec = new CursorCodec(parseConfig({ NODE_ENV: 'testing' }));

describe('list cursor', () => {
  it('comes back as it was', () => {
    const value = fc.oneof(fc.string(), fc.integer(), fc.constant(null));
    fc.assert(
      fc.property(fc.string(), fc.array(value), (list, values) => {
        expect(codec.decode(list, codec.encode(list, values))).toEqual(values);
      }),
    );
  });

  it('fits only the list it was made for', () => {
    const cursor = codec.encode('drifts', ['2026-01-01', 'id']);
    expect(() => codec.decode('users', cursor)).toThrow('does not belong to this list');
  });

  it('cannot be made or changed by a caller', () => {
    const cursor = codec.encode('users', ['a']);
    const forged = Buffer.from(cursor, 'base64url');
    forged[forged.length - 2] = 0x62;
    for (const bad of ['', 'x', forged.toString('base64url'), 'WyJhIl0', cursor.slice(0, 10)]) {
      expect(() => codec.decode('users', bad)).toThrow('does not belong to this list');
    }
  });
});

describe('page', () => {
  const cursorOf = (last: number) => `after-${last}`;

  it('says whether there is more by the row too many', () => {
    expect(toPage([1, 2, 3], 2, cursorOf)).toEqual({
      data: [1, 2],
      pagination: { next_cursor: 'after-2', page_size: 2, has_more: true },
    });
    expect(toPage([1, 2], 2, cursorOf).pagination).toEqual({
      next_cursor: null,
      page_size: 2,
      has_more: false,
    });
    expect(toPage([], 2, cursorOf).data).toEqual([]);
  });
});
