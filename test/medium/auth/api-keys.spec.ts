import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TenantSql } from '../../../src/core/database/index.js';
import { AuditReader } from '../../../src/core/audit/index.js';
import { newApiKeySecret, writeApiKey } from '../../../src/core/auth/api-keys/api-key-token.js';
import {
  AnonymisationService,
  PlatformOrganizationsService,
} from '../../../src/modules/organizations/index.js';
import type { TestOrganization } from '../../factories/organization.factory.js';
import type { TestUser } from '../../factories/user.factory.js';
import { type Answer, TestContext } from '../../support/test-context.js';

const KEYS = '/api/v1/auth/api-keys';
const ME = '/api/v1/auth/me';
const ENVIRONMENTS = '/api/v1/environments';

interface Made {
  readonly id: string;
  readonly key: string;
}

describe('API keys', () => {
  let test: TestContext;
  let acme: TestOrganization;
  let admin: TestUser;
  let token: string;

  beforeAll(async () => {
    test = await TestContext.open();
    acme = await test.newOrganization();
    admin = await test.newUser(acme);
    token = await admin.login();
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
  const newKey = async (fields: object = {}, as = token): Promise<Made> => {
    const answer = await test.request(as, 'POST', KEYS, body(fields));
    expect(answer.status).toBe(201);
    return { id: String(answer.body.id), key: String(answer.body.key) };
  };
  const sql = (statement: string, values: unknown[]) =>
    test.get(TenantSql).write<Record<string, unknown>>(acme.context, statement, values);
  const unknownKey = () =>
    writeApiKey({ id: randomUUIDv7(), organizationId: acme.id, secret: newApiKeySecret() });
  /** The whole answer but for what differs between any two. */
  const refusal = ({ status, body: { error_id: _e, correlation_id: _c, ...rest } }: Answer) => ({
    status,
    ...rest,
  });

  it('open what their scopes and the role of their owner both allow, and nothing else', async () => {
    const { key } = await newKey();
    expect(key).toMatch(/^dg_[0-9A-Za-z]{93}$/);
    const me = await get(key);
    expect([me.status, me.body.username, me.body.permissions]).toEqual([
      200,
      admin.username,
      ['account:read', 'environment:read'],
    ]);
    expect((await get(key, ENVIRONMENTS)).status).toBe(200);
    const made = await test.request(key, 'POST', ENVIRONMENTS, { name: 'x', provider: 'aws' });
    expect(told(made)).toEqual([403, 'AUTH.FORBIDDEN']);
    expect(told(await get(key, '/api/v1/users'))).toEqual([403, 'AUTH.FORBIDDEN']);
  });

  it('never allow more than their owner may, when they are made and when they are used', async () => {
    const editor = await test.newUser(acme, { role: 'editor' });
    const session = await editor.login();
    const scopes = ['environment:create', 'environment:delete'];
    const refused = await test.request(session, 'POST', KEYS, body({ scopes }));
    expect(told(refused)).toEqual([403, 'API_KEY.SCOPE_NOT_HELD']);
    expect(refused.body.details).toEqual({ scopes: ['environment:delete'] });

    const { key } = await newKey({ scopes: ['environment:create', 'account:read'] }, session);
    await sql(`update users set role = 'viewer' where organization_id = $1 and id = $2`, [
      acme.id,
      editor.id,
    ]);
    const made = await test.request(key, 'POST', ENVIRONMENTS, { name: 'y', provider: 'aws' });
    expect(told(made)).toEqual([403, 'AUTH.FORBIDDEN']);
    expect((await get(key)).body.permissions).toEqual(['account:read']);
  });

  it.each([
    'account:update',
    'user:create',
    'user:update',
    'settings:update',
    'service_account:create',
    'service_account:update',
    'nonsense',
  ])('cannot be given %s, with which a key would be worth more than its scopes', async (scope) => {
    const answer = await test.request(token, 'POST', KEYS, body({ scopes: [scope] }));
    expect(told(answer)).toEqual([400, 'REQUEST.INVALID']);
  });

  it('rest as a hash, are shown once and told by how they begin', async () => {
    const { id, key } = await newKey({ name: 'shown once' });
    const listed = (await get(token, KEYS)).text;
    expect(listed).not.toContain(key);
    const [row] = await sql(
      'select to_jsonb(k)::text as text from api_keys k where organization_id = $1 and id = $2',
      [acme.id, id],
    );
    expect(row?.text).not.toContain(key.slice(50, 85));
    const { data } = JSON.parse(listed) as { data: { id: string; prefix: string }[] };
    const prefix = data.find((one) => one.id === id)?.prefix ?? 'none';
    expect([prefix.length, key.startsWith(prefix)]).toEqual([25, true]);
  });

  it('are refused in one way, whatever is wrong with them', async () => {
    const revoked = await newKey();
    await test.request(token, 'DELETE', `${KEYS}/${revoked.id}`);
    const expired = await newKey();
    await sql(
      `update api_keys set expires_at = now() - interval '1 second'
       where organization_id = $1 and id = $2`,
      [acme.id, expired.id],
    );
    const good = await newKey();
    const other = await test.newOrganization();
    const secret = newApiKeySecret();
    const keys = {
      revoked: revoked.key,
      expired: expired.key,
      unknown: unknownKey(),
      'of another secret': writeApiKey({ id: good.id, organizationId: acme.id, secret }),
      'of another organization': writeApiKey({ id: good.id, organizationId: other.id, secret }),
      mistyped: `${good.key.slice(0, -1)}${good.key.endsWith('a') ? 'b' : 'a'}`,
      nonsense: 'dg_nonsense',
    };
    const nobody = refusal(await test.request(null, 'GET', ME));
    expect(nobody).toMatchObject({ status: 401, code: 'AUTH.REQUIRED' });
    for (const [name, key] of Object.entries(keys)) {
      expect({ name, ...refusal(await get(key)) }).toEqual({ name, ...nobody });
    }
    expect((await get(good.key)).status).toBe(200);
  });

  it('note their use once a minute', async () => {
    const { id, key } = await newKey();
    const noted = async () => {
      const [row] = await sql(
        'select last_used_at from api_keys where organization_id = $1 and id = $2',
        [acme.id, id],
      );
      return (row?.last_used_at as Date | null)?.getTime() ?? null;
    };
    expect(await noted()).toBeNull();
    await get(key);
    const first = await noted();
    expect(first).not.toBeNull();
    await Promise.all([get(key), get(key), get(key)]);
    expect(await noted()).toBe(first);
    await sql(
      `update api_keys set last_used_at = last_used_at - interval '61 seconds'
       where organization_id = $1 and id = $2`,
      [acme.id, id],
    );
    await get(key);
    expect(await noted()).toBeGreaterThanOrEqual(first ?? Infinity);
  });

  it('are 50 at most of one owner', async () => {
    const user = await test.newUser(acme, { role: 'viewer' });
    const session = await user.login();
    await sql(
      `insert into api_keys (organization_id, id, user_id, name, secret_hash, scopes, expires_at)
       select $1, gen_random_uuid(), $2, 'many', '', '[]', now() + interval '1 day'
       from generate_series(1, 49)`,
      [acme.id, user.id],
    );
    await newKey({}, session);
    const more = await test.request(session, 'POST', KEYS, body());
    expect(told(more)).toEqual([409, 'API_KEY.TOO_MANY']);
  });

  it('do nothing for which somebody must have logged in, whatever their owner is', async () => {
    const { key, id } = await newKey({ scopes: ['environment:update', 'account:read'] });
    const environment = await test.request(token, 'POST', ENVIRONMENTS, {
      name: `env-${id}`,
      provider: 'aws',
    });
    const url = `${ENVIRONMENTS}/${String(environment.body.id)}/credentials`;
    expect(told(await test.request(key, 'PUT', url, { credentials: {} }))).toEqual([
      403,
      'AUTH.SESSION_REQUIRED',
    ]);
    expect(told(await test.request(key, 'POST', KEYS, body()))).toEqual([403, 'AUTH.FORBIDDEN']);
    const begun = await test.request(key, 'POST', '/api/v1/auth/two-factor', {});
    expect(told(begun)).toEqual([403, 'AUTH.FORBIDDEN']);
    expect((await get(key, '/api/v1/auth/sessions')).status).toBe(200);
  });

  it('for one source are good for calls about that source only', async () => {
    const environment = await test.request(token, 'POST', ENVIRONMENTS, {
      name: `env-${randomUUIDv7()}`,
      provider: 'aws',
    });
    const sources = '/api/v1/sources';
    const newSource = async (name: string) => {
      const made = { environment_id: environment.body.id, name };
      return String((await test.request(token, 'POST', sources, made)).body.id);
    };
    const [one, two] = [await newSource('one'), await newSource('two')];
    const { key } = await newKey({ scopes: ['iac:read', 'account:read'], source_id: one });
    expect((await get(key, `${sources}/${one}`)).status).toBe(200);
    for (const url of [`${sources}/${two}`, sources, ME]) {
      expect(told(await get(key, url))).toEqual([403, 'AUTH.OTHER_SOURCE']);
    }
  });

  it('stop with their owner and organization, at once', async () => {
    const user = await test.newUser(acme, { role: 'viewer' });
    const { key } = await newKey({}, await user.login());
    const account = { email: 'v@acme.example', role: 'viewer' };
    const change = (is_active: boolean) =>
      test.request(token, 'PUT', `/api/v1/users/${user.id}`, { ...account, is_active });
    expect((await change(false)).status).toBe(200);
    expect(told(await get(key))).toEqual([401, 'AUTH.REQUIRED']);
    await change(true);
    // Revoked, so that it does not come back with the user.
    expect(told(await get(key))).toEqual([401, 'AUTH.REQUIRED']);

    const other = await test.newOrganization();
    const theirs = await newKey({}, await (await test.newUser(other)).login());
    const operator = { name: 'operator', ip: '192.0.2.1', correlationId: 'c' };
    const platform = test.get(PlatformOrganizationsService);
    await platform.setActive(other.slug, false, operator);
    expect(told(await get(theirs.key))).toEqual([401, 'AUTH.REQUIRED']);
    await platform.setActive(other.slug, true, operator);
    expect((await get(theirs.key)).status).toBe(200);
  });

  it('are not good for another organization than their own', async () => {
    const other = await test.newOrganization();
    const session = await (await test.newUser(other)).login();
    const { key, id } = await newKey({}, session);
    const made = await test.request(token, 'POST', ENVIRONMENTS, {
      name: `env-${id}`,
      provider: 'aws',
    });
    expect((await get(key, `${ENVIRONMENTS}/${String(made.body.id)}`)).status).toBe(404);
    expect(told(await test.request(token, 'DELETE', `${KEYS}/${id}`))).toEqual([
      404,
      'API_KEY.NOT_FOUND',
    ]);
    expect((await get(key)).status).toBe(200);
  });

  it('of users are seen and revoked by administrators', async () => {
    const user = await test.newUser(acme, { role: 'viewer' });
    const { id, key } = await newKey({ name: 'of a viewer' }, await user.login());
    const url = `/api/v1/users/${user.id}/api-keys`;
    expect((await get(token, url)).body).toMatchObject({ data: [{ id, name: 'of a viewer' }] });
    expect((await test.request(token, 'DELETE', `${url}/${id}`)).status).toBe(204);
    expect(told(await get(key))).toEqual([401, 'AUTH.REQUIRED']);
  });

  it('are refused while their owner lacks a second factor that is asked for, unless the provider vouched for one', async () => {
    const strict = await test.newOrganization();
    const user = await test.newUser(strict);
    const { id, key } = await newKey({}, await user.login());
    const set = (statement: string, values: unknown[]) =>
      test.get(TenantSql).write(strict.context, statement, values);
    await set(
      'update organization_settings set two_factor_required = true where organization_id = $1',
      [strict.id],
    );
    expect(told(await get(key, ENVIRONMENTS))).toEqual([403, 'AUTH.TWO_FACTOR_REQUIRED']);
    const madeIn = (method: string) =>
      set('update api_keys set session_method = $3 where organization_id = $1 and id = $2', [
        strict.id,
        id,
        method,
      ]);
    await madeIn('sso');
    expect(told(await get(key, ENVIRONMENTS))).toEqual([403, 'AUTH.TWO_FACTOR_REQUIRED']);
    await madeIn('sso+second_factor');
    expect((await get(key, ENVIRONMENTS)).status).toBe(200);
  });

  it('stand in the audit log: their making, their end, and what was done with them', async () => {
    const { id, key } = await newKey({ scopes: ['environment:create'] });
    const environment = { name: `env-${id}`, provider: 'aws' };
    expect((await test.request(key, 'POST', ENVIRONMENTS, environment)).status).toBe(201);
    await test.request(token, 'DELETE', `${KEYS}/${id}`);
    const entries = await test.get(AuditReader).list(acme.context, {}, null, 3);
    expect(entries.map((one) => [one.action, one.user_id, one.api_key_id])).toEqual([
      ['revoke_api_key', admin.id, null],
      ['create_environment', admin.id, id],
      ['create_api_key', admin.id, null],
    ]);
    expect(entries.at(-1)?.resource_id).toBe(id);
    expect(JSON.stringify(entries)).not.toContain(key);
  });

  it('go with a person who is anonymised', async () => {
    const user = await test.newUser(acme, { role: 'viewer' });
    const { id, key } = await newKey({ name: `laptop of ${user.username}` }, await user.login());
    await test.as(acme.context, () =>
      test.get(AnonymisationService).anonymise(acme.context, user.id),
    );
    expect(told(await get(key))).toEqual([401, 'AUTH.REQUIRED']);
    expect(
      await sql('select 1 from api_keys where organization_id = $1 and id = $2', [acme.id, id]),
    ).toEqual([]);
  });
});
