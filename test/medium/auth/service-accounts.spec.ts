import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditReader } from '../../../src/core/audit/index.js';
import type { TestOrganization } from '../../factories/organization.factory.js';
import { type Answer, TestContext } from '../../support/test-context.js';

const KEYS = '/api/v1/auth/api-keys';
const ACCOUNTS = '/api/v1/service-accounts';
const ME = '/api/v1/auth/me';
const ENVIRONMENTS = '/api/v1/environments';

describe('API keys of service accounts', () => {
  let test: TestContext;
  let acme: TestOrganization;
  let token: string;

  beforeAll(async () => {
    test = await TestContext.open();
    acme = await test.newOrganization();
    token = await (await test.newUser(acme)).login();
  });

  afterAll(() => test.close());

  const told = ({ status, body }: Answer) => [status, body.code];
  const get = (key: string, url = ME) => test.request(key, 'GET', url);
  const body = (fields: object = {}) => ({
    name: 'pipeline',
    scopes: ['account:read', 'environment:read'],
    expires_in_days: 30,
    ...fields,
  });
  const newAccount = async (role = 'editor'): Promise<string> => {
    const name = `ci-${randomUUIDv7()}`;
    const answer = await test.request(token, 'POST', ACCOUNTS, { name, role });
    expect(answer.status).toBe(201);
    return String(answer.body.id);
  };
  const accountKey = async (account: string, fields: object = {}) => {
    const url = `${ACCOUNTS}/${account}/api-keys`;
    const answer = await test.request(token, 'POST', url, body(fields));
    expect(answer.status).toBe(201);
    return { id: String(answer.body.id), key: String(answer.body.key) };
  };

  it('act as the account, with its role as it is now', async () => {
    const account = await newAccount('editor');
    const { id, key } = await accountKey(account, {
      scopes: ['environment:create', 'account:read'],
    });
    const me = await get(key);
    expect(me.body).toMatchObject({ id: account, role: 'editor' });
    const environment = { name: `env-${id}`, provider: 'aws' };
    expect((await test.request(key, 'POST', ENVIRONMENTS, environment)).status).toBe(201);
    const [entry] = await test.get(AuditReader).list(acme.context, {}, null, 1);
    expect(entry).toMatchObject({
      action: 'create_environment',
      actor_kind: 'service_account',
      user_id: account,
      actor: me.body.username,
      api_key_id: id,
    });
    await test.request(token, 'PUT', `${ACCOUNTS}/${account}`, {
      description: '',
      role: 'viewer',
      is_active: true,
    });
    expect((await get(key)).body).toMatchObject({
      role: 'viewer',
      permissions: ['account:read'],
    });
  });

  it('are refused while it is disabled, and for good when it is deleted', async () => {
    const account = await newAccount();
    const { key } = await accountKey(account);
    const set = (is_active: boolean) =>
      test.request(token, 'PUT', `${ACCOUNTS}/${account}`, {
        description: '',
        role: 'editor',
        is_active,
      });
    await set(false);
    expect(told(await get(key))).toEqual([401, 'AUTH.REQUIRED']);
    await set(true);
    expect((await get(key)).status).toBe(200);
    expect((await test.request(token, 'DELETE', `${ACCOUNTS}/${account}`)).status).toBe(204);
    expect(told(await get(key))).toEqual([401, 'AUTH.REQUIRED']);
  });

  it('hold no more than the account may', async () => {
    const account = await newAccount('viewer');
    const url = `${ACCOUNTS}/${account}/api-keys`;
    const answer = await test.request(token, 'POST', url, body({ scopes: ['scan:create'] }));
    expect(told(answer)).toEqual([403, 'API_KEY.SCOPE_NOT_HELD']);
  });

  it('are made, seen and revoked by administrators only', async () => {
    const account = await newAccount();
    const { id, key } = await accountKey(account);
    const editor = await (await test.newUser(acme, { role: 'editor' })).login();
    const url = `${ACCOUNTS}/${account}/api-keys`;
    for (const [method, path] of [
      ['GET', ACCOUNTS],
      ['GET', url],
      ['POST', url],
      ['DELETE', `${url}/${id}`],
    ] as const) {
      expect(told(await test.request(editor, method, path, body()))).toEqual([
        403,
        'AUTH.FORBIDDEN',
      ]);
    }
    expect((await test.request(token, 'DELETE', `${url}/${id}`)).status).toBe(204);
    expect(told(await get(key))).toEqual([401, 'AUTH.REQUIRED']);
  });

  it('are all an account has: no login, no reset, no user', async () => {
    const account = await newAccount('admin');
    const { name } = (await get(token, `${ACCOUNTS}/${account}`)).body;
    const login = await test.request(null, 'POST', '/api/v1/auth/login', {
      organization: acme.slug,
      username: name,
      password: '',
    });
    expect([400, 401]).toContain(login.status);
    expect((await get(token, `/api/v1/users/${account}`)).status).toBe(404);
    const { key } = await accountKey(account, { scopes: ['account:read', 'privacy:read'] });
    for (const [method, url] of [
      ['POST', '/api/v1/auth/two-factor'],
      ['POST', '/api/v1/auth/step-up'],
      ['POST', '/api/v1/auth/change-password'],
      ['POST', KEYS],
      ['POST', ACCOUNTS],
    ] as const) {
      expect((await test.request(key, method, url, {})).status).toBe(403);
    }
    expect((await get(key, '/api/v1/auth/two-factor')).body).toMatchObject({ enabled: false });
  });

  it('cannot be made twice of one name', async () => {
    const name = `twice-${randomUUIDv7()}`;
    const make = () => test.request(token, 'POST', ACCOUNTS, { name, role: 'viewer' });
    expect((await make()).status).toBe(201);
    expect(told(await make())).toEqual([409, 'SERVICE_ACCOUNT.NAME_TAKEN']);
  });
});
