import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { open, seal } from './key-ring.js';

const key = randomBytes(32);

describe('seal', () => {
  it('never gives the same bytes twice and notices a flipped bit', () => {
    const plaintext = Buffer.from('hunter2');
    const sealed = seal(key, plaintext, 'c');
    expect(sealed.equals(seal(key, plaintext, 'c'))).toBe(false);
    expect(sealed.includes(plaintext)).toBe(false);
    const flipped = Buffer.from(sealed);
    flipped.writeUInt8(flipped.readUInt8(14) ^ 1, 14);
    expect(() => open(key, flipped, 'c')).toThrow('could not be opened');
    expect(() => open(key, Buffer.alloc(3), 'c')).toThrow('could not be opened');
  });
});
