import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { LocalKeyRing, open, seal } from './key-ring.js';

const first = randomBytes(32);
const second = randomBytes(32);

describe('LocalKeyRing', () => {
  it('opens what it sealed, and only in the same context', async () => {
    const ring = new LocalKeyRing(new Map([[1, first]]));
    const dataKey = randomBytes(32);
    const wrapped = await ring.wrap(dataKey, 'org-a/row-1');
    expect(await ring.unwrap(wrapped, 'org-a/row-1')).toEqual(dataKey);
    await expect(ring.unwrap(wrapped, 'org-b/row-1')).rejects.toMatchObject({
      code: 'CRYPTO.TAMPERED',
    });
  });

  it('wraps with the newest key and still opens what an older one wrapped', async () => {
    const old = await new LocalKeyRing(new Map([[1, first]])).wrap(randomBytes(32), 'row');
    const rotated = new LocalKeyRing(
      new Map([
        [1, first],
        [2, second],
      ]),
    );
    expect((await rotated.wrap(randomBytes(32), 'row')).keyVersion).toBe(2);
    expect(await rotated.unwrap(old, 'row')).toHaveLength(32);
  });

  it('names the missing key version, not the key', async () => {
    const wrapped = await new LocalKeyRing(new Map([[7, second]])).wrap(randomBytes(32), 'row');
    await expect(
      new LocalKeyRing(new Map([[1, first]])).unwrap(wrapped, 'row'),
    ).rejects.toMatchObject({ code: 'CRYPTO.KEY_UNKNOWN', details: { keyVersion: 7 } });
  });

  it('refuses a key of the wrong length', () => {
    expect(() => new LocalKeyRing(new Map([[1, randomBytes(16)]]))).toThrow('16 bytes');
  });
});

describe('seal', () => {
  it('never gives the same bytes twice and notices a flipped bit', () => {
    const plaintext = Buffer.from('hunter2');
    const sealed = seal(first, plaintext, 'c');
    expect(sealed.equals(seal(first, plaintext, 'c'))).toBe(false);
    expect(sealed.includes(plaintext)).toBe(false);
    const flipped = Buffer.from(sealed);
    flipped.writeUInt8(flipped.readUInt8(14) ^ 1, 14);
    expect(() => open(first, flipped, 'c')).toThrow('could not be opened');
    expect(() => open(first, Buffer.alloc(3), 'c')).toThrow('could not be opened');
  });
});
