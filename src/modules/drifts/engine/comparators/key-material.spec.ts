import { describe, expect, it } from '@jest/globals';
import { ruleOn, type Setting } from '../testing/rule-on.js';
import { keyMaterial } from './key-material.js';

describe('key-material', () => {
  it.each<[string, unknown, unknown, Setting]>([
    [
      'the comment of a public key',
      'ssh-ed25519 AAAAC3Nza me@laptop',
      'ssh-ed25519 AAAAC3Nza deploy\n',
      {},
    ],
    [
      'line breaks of a certificate',
      '-----BEGIN CERTIFICATE-----\nAAA\nBBB\n-----END CERTIFICATE-----',
      '-----BEGIN CERTIFICATE-----\nAAABBB\n-----END CERTIFICATE-----\n',
      {},
    ],
  ])('is silent about %s', (_, declared, actual, setting) => {
    expect(ruleOn(keyMaterial, declared as never, actual as never, setting)).toBe('same');
  });

  it.each<[string, unknown, unknown, Setting]>([
    ['another key', 'ssh-ed25519 AAAAC3Nza me', 'ssh-ed25519 BBBBC3Nza me', {}],
    ['another algorithm', 'ssh-rsa AAAA', 'ssh-ed25519 AAAA', {}],
    ['other text', 'hello you', 'hello me', {}],
  ])('speaks about %s', (_, declared, actual, setting) => {
    expect(ruleOn(keyMaterial, declared as never, actual as never, setting)).toBe('silent');
  });
});
