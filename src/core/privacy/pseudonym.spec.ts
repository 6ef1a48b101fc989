import { describe, expect, it } from '@jest/globals';
import { newPseudonym, scrubber } from './pseudonym.js';

const ADA = { username: 'ada', email: 'Ada.L+x@acme.example' };

describe('taking a person out of a text', () => {
  const all = scrubber(ADA, 'nobody', 'all');

  it.each([
    ['ada did it', 'nobody did it'],
    ['ADA, ask (ada).', 'nobody, ask (nobody).'],
    ['Canada and adaptive stay, ada_1 too', 'Canada and adaptive stay, ada_1 too'],
    ['write to ada.l+X@ACME.example!', 'write to nobody@anonymised.invalid!'],
    ['arn:aws:iam::1:user/ada', 'arn:aws:iam::1:user/nobody'],
    ['', ''],
  ])('%j becomes %j', (text, expected) => {
    expect(all(text)).toBe(expected);
  });

  it('leaves names of things alone where only the address is meant', () => {
    const address = scrubber(ADA, 'nobody', 'address');
    expect(address('bucket ada of ada.l+x@acme.example')).toBe(
      'bucket ada of nobody@anonymised.invalid',
    );
  });

  it('reads nothing in a name as a pattern', () => {
    const odd = scrubber({ username: 'a.b', email: '' }, 'nobody', 'all');
    expect(odd('axb a.b')).toBe('axb nobody');
  });

  it('gives everybody another pseudonym', () => {
    expect(newPseudonym()).not.toBe(newPseudonym());
  });
});
