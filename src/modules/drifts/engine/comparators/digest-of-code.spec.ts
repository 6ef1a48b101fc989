import { describe, expect, it } from '@jest/globals';
import { ruleOn } from '../testing/rule-on.js';
import { digestOfCode } from './digest-of-code.js';

const HEX = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
const BASE64 = 'n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=';
const OTHER = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';
const on = (declared: string, actual: string, key = 'source_code_hash') =>
  ruleOn(digestOfCode, declared, actual, { path: key });

describe('digest-of-code', () => {
  it('is silent about the same digest in another notation', () => {
    expect(on(HEX, BASE64)).toBe('same');
  });

  it.each([
    ['another digest', OTHER, BASE64],
    ['another digest in hexadecimal', HEX, OTHER],
  ])('speaks about %s', (_, declared, actual) => {
    expect(on(declared, actual)).toBe('silent');
  });

  it.each(['v42', 'd41d8cd98f00b204e9800998ecf8427e', '2fd4e1c67a2d28fced849ee1bb76e7391b93eb12'])(
    'cannot tell what %s is the digest of',
    (declared) => {
      expect(on(declared, BASE64)).toBe('unverifiable');
    },
  );

  it('leaves text that happens to look alike to others', () => {
    expect(on('plain', BASE64, 'description')).toBe('silent');
  });
});
