import { randomUUIDv7 } from 'node:crypto';
import { DiscoveryService, Reflector } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newApiKeySecret, writeApiKey } from '../../src/core/auth/api-keys/api-key-token.js';
import { type HandlerAccess, listHandlerAccess } from '../../src/core/auth/index.js';
import { API_KEY_SCOPES, type Permission } from '../../src/core/context/index.js';
import { TenantSql } from '../../src/core/database/index.js';
import type { TestOrganization } from '../factories/organization.factory.js';
import { TestContext } from '../support/test-context.js';
import { callAnywhere, GUARDED, handlerOf, told } from './calls.js';

const ACCOUNTS = '/api/v1/service-accounts';

/** Every operation of the API that wants to know who asks, called with keys that should not open it. */
describe('API keys at every operation', () => {
  let test: TestContext;
  let organization: TestOrganization;
  let token: string;
  let handlers: readonly HandlerAccess[];
  const ended = new Map<string, string | null>();
  const withoutOne = new Map<Permission, string>();

  beforeAll(async () => {
    test = await TestContext.open();
    handlers = listHandlerAccess(test.get(DiscoveryService), test.get(Reflector));
    organization = await test.newOrganization();
    token = await (await test.newUser(organization)).login();
    ended.set('no key', null);
    const id = randomUUIDv7();
    const secret = newApiKeySecret();
    ended.set('one nobody has', writeApiKey({ id, organizationId: organization.id, secret }));
    const revoked = await newKey(API_KEY_SCOPES);
    await test.request(token, 'DELETE', revoked.url);
    ended.set('a revoked one', revoked.key);
    const expired = await newKey(API_KEY_SCOPES);
    await test.get(TenantSql).write(
      organization.context,
      `update api_keys set expires_at = now() - interval '1 second'
         where organization_id = $1 and id = $2`,
      [organization.id, expired.id],
    );
    ended.set('an expired one', expired.key);
    const disabled = await newKey(API_KEY_SCOPES);
    await test.request(token, 'PUT', disabled.account, {
      description: '',
      role: 'admin',
      is_active: false,
    });
    ended.set('one of a disabled account', disabled.key);
    for (const left of API_KEY_SCOPES) {
      const { key } = await newKey(API_KEY_SCOPES.filter((one) => one !== left));
      withoutOne.set(left, key);
    }
  });

  afterAll(() => test.close());

  it.each(GUARDED.map((one) => [one.method, one.path, one] as const))(
    'get the answer of nobody from %s %s once they ended',
    async (_method, _path, operation) => {
      const nobody = told(await callAnywhere(test, null, operation));
      expect(nobody).toMatchObject({ status: 401, code: 'AUTH.REQUIRED' });
      for (const [name, key] of ended) {
        expect({ name, ...told(await callAnywhere(test, key, operation)) }).toEqual({
          name,
          ...nobody,
        });
      }
    },
  );

  it.each(GUARDED.map((one) => [one.method, one.path, one] as const))(
    'of an administrator do not open %s %s without its scope',
    async (_method, _path, operation) => {
      const { access } = handlerOf(handlers, operation);
      // No key can have the permissions that are for people; every one does for those.
      const key = withoutOne.get(access as Permission) ?? withoutOne.values().next().value;
      expect(told(await callAnywhere(test, key ?? null, operation))).toMatchObject({
        status: 403,
        code: 'AUTH.FORBIDDEN',
      });
    },
  );

  async function newKey(scopes: readonly Permission[]) {
    const name = `pipeline-${randomUUIDv7()}`;
    const made = await test.request(token, 'POST', ACCOUNTS, { name, role: 'admin' });
    const account = `${ACCOUNTS}/${String(made.body.id)}`;
    const body = { name: 'key', scopes, expires_in_days: 1 };
    const answer = await test.request(token, 'POST', `${account}/api-keys`, body);
    if (answer.status !== 201) throw new Error(`there is no key: ${answer.text}`);
    const id = String(answer.body.id);
    return { id, account, url: `${account}/api-keys/${id}`, key: String(answer.body.key) };
  }
});
