import { describe, expect, it } from '@jest/globals';
import argon2 from 'argon2';
import { PasswordHasher } from './password-hasher.js';
import { assertGoodPassword, type PasswordContext } from './password-policy.js';

describe('passwords', () => {
  const hasher = new PasswordHasher();

  it('are kept as argon2id with a salt of their own', async () => {
    const [one, other] = await Promise.all([hasher.hash('passphrase'), hasher.hash('passphrase')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,p?t?=/);
    expect(one).not.toBe(other);
    expect(await hasher.verify(one, 'passphrase')).toBe(true);
    expect(await hasher.verify(one, 'Passphrase')).toBe(false);
  });

  it('of nobody never match', async () => {
    expect(await hasher.verify(null, '')).toBe(false);
  });

  it('are outdated when they were hashed with less', async () => {
    const cheap = await argon2.hash('passphrase', { memoryCost: 4096, timeCost: 2 });
    const other = await argon2.hash('passphrase', { type: argon2.argon2i });
    expect([cheap, other].map((hash) => hasher.isOutdated(hash))).toEqual([true, true]);
    expect(hasher.isOutdated(await hasher.hash('passphrase'))).toBe(false);
  });

  it('made at random differ and satisfy the policy', () => {
    const made = Array.from({ length: 50 }, () => PasswordHasher.randomPassword());
    expect(new Set(made).size).toBe(made.length);
    for (const password of made) {
      expect(() => assertGoodPassword(password, { username: 'admin' })).not.toThrow();
    }
  });

  const context: PasswordContext = {
    username: 'ada-admin',
    words: ['Acme Cloud', 'acme', 'lovelace@example.com'],
    current: 'the current passphrase',
  };

  it.each([
    ['elevenchars', 'at least 12'],
    ['xx Ada-Admin xx', 'must not contain the username'],
    ['welcome to acme', 'name of the organization'],
    ['my-LOVELACE-key-9', 'mail address'],
    ['abababababababab', 'different characters'],
    ['abcdefghijklm', 'a row of'],
    ['qwertyuiop123456', 'a row of'],
    ['987654321qwerty', 'a row of'],
    ['unbelievable', 'most used'],
    ['P@ssw0rd2026!!', 'most used'],
    ['sunshinesunshine', 'most used'],
    ['the current passphrase', 'must differ'],
  ])('refuse %s', (password, words) => {
    expect(() => assertGoodPassword(password, context)).toThrow(words);
  });

  it.each([
    'correct horse battery staple',
    'onlylowercaseletterswithoutanydigit',
    'passwordless future of gardens',
    'päßwörter sind überall',
    '7261 0993 5518 2640',
  ])('take %s: no rule asks for kinds of characters', (password) => {
    expect(() => assertGoodPassword(password, context)).not.toThrow();
  });
});
