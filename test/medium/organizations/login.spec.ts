import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestOrganization } from '../../factories/organization.factory.js';
import { TestContext } from '../../support/test-context.js';

const LOGIN = '/api/v1/auth/login';
const ME = '/api/v1/auth/me';
const CHANGE = '/api/v1/auth/change-password';

describe('login', () => {
  let test: TestContext;
  let acme: TestOrganization;

  beforeAll(async () => {
    test = await TestContext.open();
    acme = await test.newOrganization();
    // A second one, so that the organization has to be named.
    await test.newOrganization();
  });

  afterAll(() => test.close());

  const login = (fields: object) => test.request(null, 'POST', LOGIN, fields);

  it('answers a token that says who it belongs to', async () => {
    const user = await test.newUser(acme, { role: 'viewer' });
    const { status, body } = await login({
      organization: acme.slug,
      username: user.username,
      password: user.password,
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', must_change_password: false });
    const me = await test.request(String(body.access_token), 'GET', ME);
    expect(me.body).toMatchObject({ id: user.id, role: 'viewer', organization: acme.id });
    expect(me.body.permissions).not.toContain('drift:resolve');
  });

  it('says the same about every wrong login', async () => {
    const user = await test.newUser(acme);
    const inactive = await test.newUser(acme, { is_active: false });
    const closed = await test.newOrganization({ is_active: false });
    const closedUser = await test.newUser(closed);
    const { slug: organization } = acme;
    const { username, password } = user;
    const attempts = [
      { organization, username, password: 'wrong' },
      { organization, username: 'nobody', password },
      { organization: 'nowhere', username, password },
      { username, password },
      { organization, username: inactive.username, password: inactive.password },
      { organization: closed.slug, username: closedUser.username, password: closedUser.password },
      { organization: `${organization}' or '1'='1`, username, password },
    ];
    for (const attempt of attempts) {
      const { status, body } = await login(attempt);
      expect([status, body.code]).toEqual([401, 'AUTH.INVALID_CREDENTIALS']);
    }
  });

  it('stops answering somebody who keeps guessing', async () => {
    const user = await test.newUser(acme);
    const fields = { organization: acme.slug, username: user.username };
    const codes: unknown[] = [];
    for (let count = 0; count < 11; count++) {
      codes.push((await login({ ...fields, password: 'guess' })).body.code);
    }
    expect(codes.at(-2)).toBe('AUTH.INVALID_CREDENTIALS');
    expect(codes.at(-1)).toBe('AUTH.TOO_MANY_ATTEMPTS');
    expect((await login({ ...fields, password: user.password })).status).toBe(429);
  });

  it('answers a malformed login as such, not as a fault', async () => {
    const bodies: object[] = [
      {},
      { username: 'a\u0000b', password: 'x' },
      { username: { $gt: '' }, password: 'x' },
      { username: 'a', password: ['x'] },
    ];
    for (const body of bodies) {
      const answer = await login(body);
      expect([answer.status, answer.body.code]).toEqual([400, 'REQUEST.INVALID']);
    }
  });

  it('refuses a token that was tampered with, is unsigned or missing', async () => {
    const token = await (await test.newUser(acme)).login();
    const [head = '', , signature = ''] = token.split('.');
    const claims = Buffer.from(JSON.stringify({ sub: 'x', org: acme.id, pwv: 0 }));
    const unsigned = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
    const forged = claims.toString('base64url');
    for (const bad of [null, 'x', `${head}.${forged}.${signature}`, `${unsigned}.${forged}.`]) {
      const answer = await test.request(bad, 'GET', ME);
      expect([answer.status, answer.body.code]).toEqual([401, 'AUTH.REQUIRED']);
    }
  });

  it('opens nothing but the change of the initial password', async () => {
    const user = await test.newUser(acme, { must_change_password: true });
    const token = await user.login();
    const users = await test.request(token, 'GET', '/api/v1/users');
    expect([users.status, users.body.code]).toEqual([403, 'AUTH.PASSWORD_CHANGE_REQUIRED']);
    expect((await test.request(token, 'GET', ME)).status).toBe(200);

    const changed = await test.request(token, 'POST', CHANGE, {
      current_password: user.password,
      new_password: 'a passphrase of my own',
    });
    expect(changed.status).toBe(200);
    const next = String(changed.body.access_token);
    expect((await test.request(next, 'GET', '/api/v1/users')).status).toBe(200);
    expect((await test.request(token, 'GET', ME)).status).toBe(401);
  });

  it('refuses weak, repeated and unproven new passwords', async () => {
    const user = await test.newUser(acme);
    const token = await user.login();
    const attempts: [string, string, string][] = [
      ['wrong', 'a passphrase of my own', 'AUTH.WRONG_CURRENT_PASSWORD'],
      [user.password, user.password, 'AUTH.WEAK_PASSWORD'],
      [user.password, `xx ${user.username} yy`, 'AUTH.WEAK_PASSWORD'],
      [user.password, 'aaaaaaaaaaaaaaaa', 'AUTH.WEAK_PASSWORD'],
      [user.password, 'short', 'REQUEST.INVALID'],
    ];
    for (const [current_password, new_password, code] of attempts) {
      const answer = await test.request(token, 'POST', CHANGE, { current_password, new_password });
      expect([answer.status, answer.body.code]).toEqual([400, code]);
    }
  });

  it('lets the organization shorten sessions', async () => {
    const strict = await test.newOrganization({ session_timeout: 120 });
    const user = await test.newUser(strict);
    const { body } = await login({
      organization: strict.slug,
      username: user.username,
      password: user.password,
    });
    expect(body.expires_in).toBe(120);
  });

  it('ends the session of who is deactivated or gets another role, at once', async () => {
    const admin = await test.newUser(acme);
    const adminToken = await admin.login();
    const user = await test.newUser(acme, { role: 'editor' });
    const token = await user.login();
    const change = (fields: object) =>
      test.request(adminToken, 'PUT', `/api/v1/users/${user.id}`, {
        email: 'user@example.com',
        role: 'editor',
        is_active: true,
        ...fields,
      });
    expect((await change({ role: 'viewer' })).status).toBe(200);
    expect((await test.request(token, 'GET', ME)).body.role).toBe('viewer');
    expect((await change({ is_active: false })).status).toBe(200);
    expect((await test.request(token, 'GET', ME)).status).toBe(401);
  });
});
