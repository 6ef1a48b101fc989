import { describe, expect, it } from '@jest/globals';
import { MASK, maskSecrets } from './redaction.js';

describe('masking of secrets', () => {
  it.each([
    'password',
    'new_password',
    'db_pass',
    'SECRET_KEY',
    'accessToken',
    'Authorization',
    'api_key',
    'apiKey',
    'privateKey',
    'slack_webhook_url',
    'credentials',
    'kubeconfig',
  ])('hides what is called %s', (name) => {
    expect(maskSecrets({ [name]: 'x' })).toEqual({ [name]: MASK });
  });

  it('keeps what only sounds like it', () => {
    const values = { must_change_password: true, passenger: 'Ada', name: 'x', secret: '' };
    expect(maskSecrets(values)).toEqual(values);
  });

  it('looks into objects and lists, and stops somewhere', () => {
    expect(maskSecrets({ list: [{ token: 't' }], at: null })).toEqual({
      list: [{ token: MASK }],
      at: null,
    });
    const endless: Record<string, unknown> = {};
    endless.self = endless;
    expect(JSON.stringify(maskSecrets(endless))).toContain('[cut off]');
  });
});
