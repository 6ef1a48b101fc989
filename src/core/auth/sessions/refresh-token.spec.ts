import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import {
  hashMatches,
  hashOf,
  newFamily,
  newSecret,
  readRefreshToken,
  writeRefreshToken,
} from './refresh-token.js';

describe('refresh token', () => {
  const token = {
    organizationId: randomUUID(),
    sessionId: randomUUID(),
    family: newFamily(),
    secret: newSecret(),
  };

  it('says which session it belongs to', () => {
    expect(readRefreshToken(writeRefreshToken(token))).toEqual(token);
  });

  it.each(['', 'dgr_', 'dgr_AAAA', 'x', `${writeRefreshToken(token)}AAAA`])(
    'is not read from %p',
    (text) => expect(readRefreshToken(text)).toBeNull(),
  );

  it('is recognised by its hash only', () => {
    expect(hashMatches(token.secret, hashOf(token.secret))).toBe(true);
    expect(hashMatches(newSecret(), hashOf(token.secret))).toBe(false);
    expect(hashMatches(token.secret, null)).toBe(false);
  });
});
