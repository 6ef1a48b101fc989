import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CLIENT } from './identity-provider.js';
import { SsoStand } from './sso-stand.js';

const grace = { sub: 'grace', email: 'grace@acme.example', email_verified: true };

describe('the settings of single sign-on', () => {
  let stand: SsoStand;

  beforeAll(async () => {
    stand = await SsoStand.open();
  });

  afterAll(() => stand.close());

  it('come back without the secret, which stays where issuer and client do', async () => {
    const { organization, token } = await stand.organization();
    const path = `/api/v1/organizations/${organization.id}/sso`;
    const read = await stand.test.request(token, 'GET', path);
    expect(read.text).not.toContain(CLIENT.client_secret);
    expect(read.body).toMatchObject({ issuer: stand.provider.issuer, jit_users: true });

    const kept = await stand.configure(organization, token, { client_secret: undefined });
    expect(kept.status).toBe(200);
    expect(await stand.login(organization.slug, grace)).toMatchObject({ status: 200 });
    for (const changes of [{ client_id: 'another' }, { issuer: `${stand.provider.issuer}/x` }]) {
      const settings = { client_secret: undefined, ...changes };
      const answer = await stand.configure(organization, token, settings);
      expect(answer.body.code).toBe('SSO.SECRET_NEEDED');
    }
  });

  it('are for administrators', async () => {
    const { organization } = await stand.organization();
    const path = `/api/v1/organizations/${organization.id}/sso`;
    const editor = await (await stand.test.newUser(organization, { role: 'editor' })).login();
    for (const method of ['GET', 'DELETE'] as const) {
      expect((await stand.test.request(editor, method, path)).status).toBe(403);
    }
    expect((await stand.configure(organization, editor, {})).status).toBe(403);
  });

  it('are not saved for a provider that does not answer, or as somebody else', async () => {
    const organization = await stand.test.newOrganization();
    const token = await (await stand.test.newUser(organization)).login();
    const dead = http.createServer();
    await new Promise<void>((done) => dead.listen(0, '127.0.0.1', done));
    const { port } = dead.address() as AddressInfo;
    await new Promise((done) => dead.close(done));
    const mirror = http.createServer((_request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({ issuer: stand.provider.issuer, jwks_uri: 'https://x.example' }),
      );
    });
    await new Promise<void>((done) => mirror.listen(0, '127.0.0.1', done));
    const other = `http://127.0.0.1:${(mirror.address() as AddressInfo).port}`;
    const tried: [string, number, string][] = [
      [`http://127.0.0.1:${port}`, 503, 'SSO.PROVIDER_UNREACHABLE'],
      [other, 400, 'SSO.DISCOVERY_FAILED'],
      [`${stand.provider.issuer}/nowhere`, 400, 'SSO.DISCOVERY_FAILED'],
      ['https://user:word@login.acme.example', 400, 'SSO.ISSUER_INSECURE'],
      ['https://login.acme.example?x=1', 400, 'SSO.ISSUER_INSECURE'],
      ['http://169.254.169.254', 400, 'OUTBOUND.HOST_FORBIDDEN'],
      ['https://10.0.0.1', 400, 'OUTBOUND.HOST_FORBIDDEN'],
    ];
    for (const [issuer, status, code] of tried) {
      const answer = await stand.configure(organization, token, { issuer });
      expect([issuer, answer.status, answer.body.code]).toEqual([issuer, status, code]);
    }
    await new Promise((done) => mirror.close(done));
    const path = `/api/v1/organizations/${organization.id}/sso`;
    expect((await stand.test.request(token, 'GET', path)).status).toBe(404);
  });

  it.each([
    ['scopes', ['email']],
    ['scopes', ['openid', 'a b']],
    ['allowed_domains', ['not a domain']],
    ['role_mapping', [{ group: 'a', role: 'owner' }]],
    ['default_role', 'owner'],
    ['issuer', 'login.acme.example'],
    ['break_glass_user', 'admin'],
  ])('are refused with %s %j', async (field, value) => {
    const organization = await stand.test.newOrganization();
    const token = await (await stand.test.newUser(organization)).login();
    const answer = await stand.configure(organization, token, { [field]: value });
    expect(answer.body).toMatchObject({ status: 400, code: 'REQUEST.INVALID' });
    expect(answer.text).toContain(field);
  });

  it('take passwords away from everybody but the break-glass administrator', async () => {
    const { organization, admin, token } = await stand.organization();
    const ada = await stand.test.newUser(organization, { role: 'editor' });
    const before = await ada.login();
    for (const break_glass_user of [undefined, ada.id, organization.id]) {
      const answer = await stand.configure(organization, token, {
        enforced: true,
        break_glass_user,
      });
      expect(answer.body.code).toBe('SSO.BREAK_GLASS_NEEDED');
    }
    const settings = { enforced: true, break_glass_user: admin.id };
    expect((await stand.configure(organization, token, settings)).status).toBe(200);

    await expect(ada.login()).rejects.toThrow('AUTH.SSO_REQUIRED');
    // Who does not know the password is not told.
    const wrong = { organization: organization.slug, username: ada.username, password: 'wrong' };
    const refused = await stand.test.request(null, 'POST', '/api/v1/auth/login', wrong);
    expect(refused.body.code).toBe('AUTH.INVALID_CREDENTIALS');
    const change = { current_password: ada.password, new_password: 'a long enough phrase, new' };
    const changed = await stand.test.request(
      before,
      'POST',
      '/api/v1/auth/change-password',
      change,
    );
    expect(changed.body.code).toBe('AUTH.SSO_REQUIRED');
    expect(await stand.me(await admin.login())).toMatchObject({ id: admin.id });
    expect(await stand.login(organization.slug, grace)).toMatchObject({ status: 200 });

    // Nobody can take the last way in away by accident.
    const demotion = { email: 'a@acme.example', role: 'viewer', is_active: true };
    await stand.test.newUser(organization);
    const path = `/api/v1/users/${admin.id}`;
    const demoted = await stand.test.request(token, 'PUT', path, demotion);
    expect(demoted.body.code).toBe('USER.BREAK_GLASS');

    await stand.configure(organization, token, { is_active: false });
    expect(await stand.me(await ada.login())).toMatchObject({ id: ada.id });
  });

  it('are of no use while the provider is down, and passwords go on', async () => {
    const down = await SsoStand.open();
    const { organization, admin } = await down.organization();
    const { location, cookie } = await down.begin(organization.slug);
    const callback = await down.provider.login(grace, location);
    await down.provider.stop();
    const begun = await down.begin(organization.slug);
    expect([begun.status, begun.location]).toEqual([
      503,
      expect.stringContaining('SSO.PROVIDER_UNREACHABLE'),
    ]);
    const answer = await down.finish(callback, cookie);
    expect(answer.json()).toMatchObject({ status: 503, code: 'SSO.PROVIDER_UNREACHABLE' });
    expect(await down.me(await admin.login())).toMatchObject({ id: admin.id });
    await down.test.close();
  });
});
