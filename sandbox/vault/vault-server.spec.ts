import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../json.js';
import { VaultSandbox } from './vault-server.js';

const POLICY = `
# comment with path "x" { }
path "transit/+/k" { capabilities = ["update"] }
path "transit/keys/k" { capabilities = ["read"] }
path "secret/data/app/*" { capabilities = ["read"] }
path "secret/data/app/hidden" { capabilities = ["deny"] }
`;
const context = Buffer.from('organization-a/table/row').toString('base64');
const plaintext = Buffer.from('data key').toString('base64');

/** The protocol, as https://developer.hashicorp.com/vault/api-docs says it. */
describe('the Vault sandbox', () => {
  let vault: VaultSandbox;
  beforeEach(async () => {
    vault = await VaultSandbox.start({
      appRoles: { role: { secretId: 'secret', policies: { p: POLICY }, ttl: 60, maxTtl: 90 } },
      transitKeys: ['k'],
      secrets: { 'app/settings': { LOG_LEVEL: 'warn' }, 'app/hidden': {} },
    });
  });
  afterEach(() => vault.close());

  async function call(method: string, path: string, body?: object, token = '') {
    const answer = await fetch(`${vault.url}/v1/${path}`, {
      method,
      headers: { 'x-vault-token': token },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as JsonObject };
  }
  const login = async (): Promise<string> => {
    const { body } = await call('POST', 'auth/approle/login', {
      role_id: 'role',
      secret_id: 'secret',
    });
    return (body.auth as { client_token: string }).client_token;
  };

  it('logs an AppRole in, renews and revokes its token', async () => {
    const token = await login();
    expect(token).toMatch(/^hvs\./);
    const renewed = await call('POST', 'auth/token/renew-self', {}, token);
    expect(renewed.body.auth).toMatchObject({ lease_duration: 60, renewable: true });
    expect((await call('POST', 'auth/token/revoke-self', {}, token)).status).toBe(204);
    expect((await call('GET', 'auth/token/lookup-self', undefined, token)).status).toBe(403);
    const wrong = await call('POST', 'auth/approle/login', { role_id: 'role', secret_id: 'x' });
    expect(wrong).toEqual({ status: 400, body: { errors: ['invalid role or secret ID'] } });
  });

  it('enforces policies', async () => {
    const token = await login();
    const read = await call('GET', 'secret/data/app/settings', undefined, token);
    expect(read.body.data).toMatchObject({ data: { LOG_LEVEL: 'warn' }, metadata: { version: 1 } });
    for (const path of ['secret/data/app/hidden', 'secret/data/other', 'database/creds/x']) {
      const denied = await call('GET', path, undefined, token);
      expect(denied.status).toBe(403);
      expect(String((denied.body.errors as string[])[0])).toContain('permission denied');
    }
    expect((await call('GET', 'secret/data/app/none', undefined, token)).body).toEqual({
      errors: [],
    });
    expect((await call('GET', 'secret/data/app/settings')).status).toBe(403);
  });

  it('encrypts by version and context, rewraps and refuses', async () => {
    const token = await login();
    const post = (path: string, body: object) => call('POST', `transit/${path}`, body, token);
    const sealed = await post('encrypt/k', { plaintext, context });
    const { ciphertext } = sealed.body.data as { ciphertext: string };
    expect(ciphertext).toMatch(/^vault:v1:/);
    expect((await post('decrypt/k', { ciphertext, context })).body.data).toEqual({ plaintext });
    const elsewhere = await post('decrypt/k', { ciphertext, context: plaintext });
    expect(elsewhere.body.errors).toEqual(['cipher: message authentication failed']);
    expect((await post('encrypt/k', { plaintext })).status).toBe(400);
    vault.transit.handle('POST', 'keys/k/rotate', {});
    const rewrapped = await post('rewrap/k', { batch_input: [{ ciphertext, context }] });
    const [first] = (rewrapped.body.data as { batch_results: { ciphertext: string }[] })
      .batch_results;
    expect(first?.ciphertext).toMatch(/^vault:v2:/);
    vault.transit.handle('POST', 'keys/k/config', { min_decryption_version: 2 });
    const old = await post('decrypt/k', { ciphertext, context });
    expect(old).toMatchObject({
      status: 400,
      body: { errors: ['ciphertext or signature version is disallowed by policy (too old)'] },
    });
  });

  it('answers 503 to everything but health while it is sealed', async () => {
    const token = await login();
    vault.seal();
    expect(await call('GET', 'auth/token/lookup-self', undefined, token)).toEqual({
      status: 503,
      body: { errors: ['Vault is sealed'] },
    });
    expect(await call('GET', 'sys/health')).toMatchObject({ status: 503, body: { sealed: true } });
    expect((await call('GET', 'sys/seal-status')).body).toMatchObject({ sealed: true });
    vault.unseal();
    expect((await call('GET', 'sys/health')).status).toBe(200);
  });
});
