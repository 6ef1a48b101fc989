import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EntityManager } from '@mikro-orm/core';
import { SsoConnection, SsoIdentity, User } from '../../../src/modules/organizations/index.js';
import { SsoStand } from './sso-stand.js';

const grace = { sub: 'grace', email: 'Grace@acme.example', email_verified: true };

describe('single sign-on', () => {
  let stand: SsoStand;

  beforeAll(async () => {
    stand = await SsoStand.open();
  });

  afterAll(() => stand.close());

  const user = (token: string, id: unknown) =>
    stand.test.request(token, 'GET', `/api/v1/users/${String(id)}`);

  it('makes a user at the first login and finds it at the next', async () => {
    const { organization, token } = await stand.organization();
    const first = await stand.login(organization.slug, grace);
    expect(first).toMatchObject({ status: 200 });
    const me = await stand.me(first.token);
    expect(me).toMatchObject({ username: 'grace@acme.example', role: 'viewer' });
    const again = await stand.login(organization.slug, grace);
    expect((await stand.me(again.token)).id).toBe(me.id);
    expect((await user(token, me.id)).body).toMatchObject({ email: 'grace@acme.example' });
    const { body } = await stand.test.request(first.token, 'GET', '/api/v1/auth/sessions');
    expect((body.data as { method: string }[]).map((one) => one.method)).toEqual(['sso', 'sso']);
  });

  it('leaves a browser with a cookie that refreshes, on the start page', async () => {
    const { organization } = await stand.organization();
    const { location, cookie } = await stand.begin(organization.slug, 'cookie');
    const answer = await stand.finish(await stand.provider.login(grace, location), cookie);
    expect(answer.statusCode).toBe(303);
    expect(answer.headers.location).toBe('http://localhost:8000/signed-in');
    const refresh = answer.cookies.find((one) => one.name === '__Secure-driftguard-refresh');
    expect(refresh).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Strict' });
    const refreshed = await stand.test.app.inject({
      method: 'POST',
      url: '/api/v1/auth/refresh',
      payload: {},
      headers: {
        cookie: `__Secure-driftguard-refresh=${refresh?.value ?? ''}`,
        'x-driftguard-csrf': '1',
      },
    });
    const { access_token } = refreshed.json<{ access_token: string }>();
    expect(await stand.me(access_token)).toMatchObject({ username: 'grace@acme.example' });
  });

  it('knows somebody by the subject, whatever becomes of the address', async () => {
    const { organization } = await stand.organization();
    const first = await stand.login(organization.slug, grace);
    const renamed = { sub: 'grace', email: 'hopper@acme.example', email_verified: false };
    const second = await stand.login(organization.slug, renamed);
    expect((await stand.me(second.token)).id).toBe((await stand.me(first.token)).id);
    // Her old address, handed to somebody else.
    const heir = await stand.login(organization.slug, { ...grace, sub: 'heir' });
    expect(heir).toMatchObject({ status: 403, code: 'SSO.ACCOUNT_EXISTS' });
  });

  it('gives nobody a user without a verified address', async () => {
    const { organization } = await stand.organization();
    for (const person of [
      { sub: 'a', email: 'a@acme.example', email_verified: false },
      { sub: 'b', email: 'b@acme.example' },
      { sub: 'c' },
    ]) {
      const answer = await stand.login(organization.slug, person);
      expect(answer).toMatchObject({ status: 403, code: 'SSO.EMAIL_UNVERIFIED' });
    }
  });

  it('takes over no user by an address alone', async () => {
    const { organization, admin, token } = await stand.organization();
    const ada = await stand.test.newUser(organization, { email: 'ada@acme.example' });
    const person = { sub: 'ada', email: 'ADA@acme.example', email_verified: true };
    const refused = await stand.login(organization.slug, person);
    expect(refused).toMatchObject({ status: 403, code: 'SSO.ACCOUNT_EXISTS' });

    await stand.configure(organization, token, {
      allowed_domains: ['Acme.example'],
      enforced: true,
      break_glass_user: admin.id,
    });
    const linked = await stand.login(organization.slug, person);
    expect((await stand.me(linked.token)).id).toBe(ada.id);
    const unverified = { sub: 'ada2', email: 'ada@acme.example', email_verified: false };
    expect(await stand.login(organization.slug, unverified)).toMatchObject({ status: 403 });
    // The break-glass administrator belongs to nobody at the provider.
    await stand.test.as(organization.context, async () => {
      const em = stand.test.get(EntityManager);
      await em.nativeUpdate(User, { id: admin.id }, { email: 'root@acme.example' });
    });
    const root = { sub: 'root', email: 'root@acme.example', email_verified: true };
    expect(await stand.login(organization.slug, root)).toMatchObject({
      code: 'SSO.ACCOUNT_EXISTS',
    });
  });

  it('lets the domains of the organization in, and no others', async () => {
    const { organization } = await stand.organization({ allowed_domains: ['acme.example'] });
    expect(await stand.login(organization.slug, grace)).toMatchObject({ status: 200 });
    for (const email of ['eve@evil.example', 'eve@sub.acme.example', 'eve@acme.example.evil']) {
      const answer = await stand.login(organization.slug, {
        sub: email,
        email,
        email_verified: true,
      });
      expect(answer).toMatchObject({ status: 403, code: 'SSO.DOMAIN_NOT_ALLOWED' });
    }
  });

  it('makes no users where the organization does not want it', async () => {
    const { organization } = await stand.organization({ jit_users: false });
    const answer = await stand.login(organization.slug, grace);
    expect(answer).toMatchObject({ status: 403, code: 'SSO.NO_ACCOUNT' });
  });

  it('gives the role of the groups, anew at every login', async () => {
    const role_mapping = [
      { group: 'developers', role: 'editor' },
      { group: 'platform', role: 'admin' },
    ];
    const { organization } = await stand.organization({ role_mapping, default_role: null });
    const as = (...groups: string[]) => stand.login(organization.slug, { ...grace, groups });
    expect(await as('sales')).toMatchObject({ status: 403, code: 'SSO.NO_ROLE' });
    const first = await as('developers', 'platform');
    expect(await stand.me(first.token)).toMatchObject({ role: 'admin' });
    const second = await as('developers');
    expect(await stand.me(second.token)).toMatchObject({ role: 'editor' });
    // The session from before has the new role as well.
    expect(await stand.me(first.token)).toMatchObject({ role: 'editor' });
    expect(await as()).toMatchObject({ status: 403, code: 'SSO.NO_ROLE' });
  });

  it('leaves roles to administrators where no group is mapped', async () => {
    const { organization, token } = await stand.organization();
    const { id } = await stand.me((await stand.login(organization.slug, grace)).token);
    await stand.test.request(token, 'PUT', `/api/v1/users/${String(id)}`, {
      email: grace.email,
      role: 'editor',
      is_active: true,
    });
    const again = await stand.login(organization.slug, grace);
    expect(await stand.me(again.token)).toMatchObject({ role: 'editor' });
  });

  it('never takes the last administrator away', async () => {
    const role_mapping = [{ group: 'platform', role: 'admin' }];
    const { organization, admin } = await stand.organization({ role_mapping });
    const { token } = await stand.login(organization.slug, { ...grace, groups: ['platform'] });
    await stand.test.request(token, 'PUT', `/api/v1/users/${admin.id}`, {
      email: 'admin@acme.example',
      role: 'viewer',
      is_active: true,
    });
    const answer = await stand.login(organization.slug, { ...grace, groups: [] });
    expect(answer).toMatchObject({ status: 409, code: 'USER.LAST_ADMINISTRATOR' });
    expect(await stand.me(token)).toMatchObject({ role: 'admin' });
  });

  it('refuses deactivated users and ends what they had', async () => {
    const { organization, token } = await stand.organization();
    const session = await stand.login(organization.slug, grace);
    const { id } = await stand.me(session.token);
    await stand.test.request(token, 'PUT', `/api/v1/users/${String(id)}`, {
      email: grace.email,
      role: 'viewer',
      is_active: false,
    });
    expect(await stand.login(organization.slug, grace)).toMatchObject({
      status: 403,
      code: 'SSO.ACCOUNT_INACTIVE',
    });
    expect(await stand.me(session.token)).toMatchObject({ code: 'AUTH.REQUIRED' });
  });

  it('makes one user of two first logins at the same moment', async () => {
    const { organization } = await stand.organization();
    const begun = [await stand.begin(organization.slug), await stand.begin(organization.slug)];
    const back = [];
    for (const { location, cookie } of begun) {
      back.push({ cookie, callback: await stand.provider.login(grace, location) });
    }
    const answers = await Promise.all(
      back.map(({ callback, cookie }) => stand.finish(callback, cookie)),
    );
    expect(answers.map((one) => one.statusCode)).toEqual([200, 200]);
    await stand.test.as(organization.context, async () => {
      const em = stand.test.get(EntityManager);
      expect(await em.count(User, { email: 'grace@acme.example' })).toBe(1);
      expect(await em.count(SsoIdentity, {})).toBe(1);
    });
  });

  it('replaces an initial password nobody ever changed', async () => {
    const { organization } = await stand.organization({ allowed_domains: ['acme.example'] });
    const ada = await stand.test.newUser(organization, {
      email: 'ada@acme.example',
      must_change_password: true,
    });
    const person = { sub: 'ada', email: 'ada@acme.example', email_verified: true };
    const { token } = await stand.login(organization.slug, person);
    expect(await stand.me(token)).toMatchObject({ id: ada.id });
    await expect(ada.login()).rejects.toThrow('AUTH.INVALID_CREDENTIALS');
  });

  it('keeps people of one organization out of another', async () => {
    const one = await stand.organization();
    const other = await stand.organization();
    const first = await stand.login(one.organization.slug, grace);
    const second = await stand.login(other.organization.slug, grace);
    expect((await stand.me(first.token)).id).not.toBe((await stand.me(second.token)).id);
    expect((await stand.me(second.token)).organization).toBe(other.organization.id);
  });

  it('records who came, who was turned away and what was made', async () => {
    const { organization, token } = await stand.organization();
    await stand.login(organization.slug, grace);
    await stand.login(organization.slug, { sub: 'x' });
    const { body } = await stand.test.request(token, 'GET', '/api/v1/audit-logs?page_size=50');
    const entries = body.data as { action: string; result: string; code: string | null }[];
    const seen = entries.map(({ action, result, code }) => [action, result, code].join(' '));
    expect(seen).toEqual(
      expect.arrayContaining([
        'update_single_sign_on succeeded ',
        'create_user succeeded ',
        'link_single_sign_on succeeded ',
        'login succeeded ',
        'login refused SSO.EMAIL_UNVERIFIED',
      ]),
    );
    expect(JSON.stringify(body)).not.toContain('a secret of the client');
  });

  it('keeps the client secret sealed', async () => {
    const { organization } = await stand.organization();
    await stand.test.as(organization.context, async () => {
      const row = await stand.test.get(EntityManager).findOneOrFail(SsoConnection, {});
      expect(row.sealed.toString('latin1')).not.toContain('secret');
    });
  });
});
