import { describe, expect, it } from '@jest/globals';
import { parseMasterKeys } from './master-keys.js';

const one = 'a'.repeat(20) + 'b'.repeat(20);
const two = 'c'.repeat(20) + 'd'.repeat(20);

describe('parseMasterKeys', () => {
  it('derives one key per version, the same every time', () => {
    const keys = parseMasterKeys(`1:${one}, 7:${two}`);
    expect([...keys.keys()]).toEqual([1, 7]);
    expect(keys.get(1)).toEqual(parseMasterKeys(`1:${one}`).get(1));
    expect(keys.get(1)).not.toEqual(keys.get(7));
  });

  it.each([
    ['no version', one],
    ['a short secret', '1:short'],
    ['version zero', `0:${one}`],
    ['a version twice', `1:${one},1:${two}`],
  ])('refuses %s without repeating the secret', (_case, text) => {
    let message = '';
    try {
      parseMasterKeys(text);
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain('ENCRYPTION_KEYS');
    expect(message).not.toContain(one);
    expect(message).not.toContain('short,');
  });
});
