import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { EnvelopeCipher, openEnvelope, sealEnvelope } from './envelope.js';
import { EnvironmentKeyStore } from './keys/environment-key-store.js';
import { TenantHasher } from './tenant-hasher.js';

const ring = new EnvironmentKeyStore(`1:${randomBytes(24).toString('hex')}`);

describe('envelope', () => {
  it('opens in its own row only', async () => {
    const envelope = await sealEnvelope(ring, '{"secretAccessKey":"canary"}', 'org/credentials/1');
    expect(await openEnvelope(ring, envelope, 'org/credentials/1')).toContain('canary');
    expect(Buffer.concat([envelope.sealed, envelope.wrapped]).includes('canary')).toBe(false);
    await expect(openEnvelope(ring, envelope, 'org/credentials/2')).rejects.toMatchObject({
      code: 'CRYPTO.TAMPERED',
    });
  });

  it('notices pieces put in another order', async () => {
    const cipher = await EnvelopeCipher.create(ring, 'document');
    const [first, second] = [cipher.seal(Buffer.from('a'), 0), cipher.seal(Buffer.from('b'), 1)];
    const reader = await EnvelopeCipher.reopen(ring, cipher.key, 'document');
    expect(reader.open(second, 1).toString()).toBe('b');
    expect(() => reader.open(first, 1)).toThrow('could not be opened');
  });

  it('does not show its data key when printed', async () => {
    const cipher = await EnvelopeCipher.create(ring, 'document');
    expect(Object.keys(cipher)).toEqual(['key', 'context']);
  });
});

describe('TenantHasher', () => {
  const master = randomBytes(32);

  it('is equal for equal values of one tenant and different everywhere else', () => {
    const hasher = new TenantHasher(master, 'org-a');
    expect(hasher.hash('v')).toBe(new TenantHasher(master, 'org-a').hash('v'));
    expect(hasher.hash('v')).not.toBe(hasher.hash('w'));
    expect(hasher.hash('v')).not.toBe(new TenantHasher(master, 'org-b').hash('v'));
    expect(hasher.hash('v')).not.toBe(new TenantHasher(randomBytes(32), 'org-a').hash('v'));
  });
});
