import { randomUUIDv7 } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { apiKeyPrefix, newApiKeySecret, readApiKey, writeApiKey } from './api-key-token.js';

const token = () => ({
  id: randomUUIDv7(),
  organizationId: randomUUIDv7(),
  secret: newApiKeySecret(),
});

describe('an API key', () => {
  it('is read as it was written, also at the ends of its range', () => {
    const none = '00000000-0000-0000-0000-000000000000';
    const all = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
    for (const one of [
      token(),
      { id: none, organizationId: none, secret: Buffer.alloc(32) },
      { id: all, organizationId: all, secret: Buffer.alloc(32, 255) },
    ]) {
      const text = writeApiKey(one);
      expect(text).toMatch(/^dg_[0-9A-Za-z]{93}$/);
      expect(readApiKey(text)).toEqual(one);
    }
  });

  it('begins with what tells which one it is', () => {
    const one = token();
    expect(writeApiKey(one).startsWith(apiKeyPrefix(one.id))).toBe(true);
    expect(apiKeyPrefix(one.id)).toHaveLength(25);
  });

  it('is not read when a character of it is another one, whichever', () => {
    const text = writeApiKey(token());
    for (let place = 0; place < text.length; place += 1) {
      const other = text.charAt(place) === 'x' ? 'y' : 'x';
      expect(readApiKey(text.slice(0, place) + other + text.slice(place + 1))).toBeNull();
    }
  });

  it.each(['', 'dg_', 'dgr_abc', `dg_${'z'.repeat(93)}`, `dg_${'0'.repeat(94)}`, 'eyJh.eyJz.x'])(
    'is not taken for what it is not: %j',
    (text) => {
      expect(readApiKey(text)).toBeNull();
    },
  );
});
