import { describe, expect, it } from '@jest/globals';
import { PasswordHasher } from './password-hasher.js';
import { assertGoodPassword } from './password-policy.js';

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

  it('made at random differ and satisfy the policy', () => {
    const made = Array.from({ length: 50 }, () => PasswordHasher.randomPassword());
    expect(new Set(made).size).toBe(made.length);
    for (const password of made) expect(() => assertGoodPassword(password, 'admin')).not.toThrow();
  });

  it.each([
    ['elevenchars', 'at least 12'],
    ['xx Ada-Admin xx', 'must not contain the username'],
    ['abababababababab', 'different characters'],
    ['the current passphrase', 'must differ'],
  ])('refuse %s', (password, words) => {
    expect(() => assertGoodPassword(password, 'ada-admin', 'the current passphrase')).toThrow(
      words,
    );
  });
});
