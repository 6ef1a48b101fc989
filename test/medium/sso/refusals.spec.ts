import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt, generateKeyPair } from 'jose';
import { OTHER_CLIENT } from './identity-provider.js';
import { SsoStand } from './sso-stand.js';

const grace = { sub: 'grace', email: 'grace@acme.example', email_verified: true };

describe('what single sign-on refuses', () => {
  let stand: SsoStand;
  let slug: string;

  beforeAll(async () => {
    stand = await SsoStand.open();
    slug = (await stand.organization()).organization.slug;
  });

  afterAll(() => stand.close());

  const codeOf = (answer: { json(): unknown }) => (answer.json() as { code?: string }).code;
  /** Begins, changes the address the browser is sent to, and comes back. */
  const detour = async (change: (url: URL) => void, at = slug) => {
    const { location, cookie } = await stand.begin(at);
    const url = new URL(location);
    change(url);
    return { callback: await stand.provider.login(grace, url.href), cookie };
  };

  it('asks for a code with PKCE, state and nonce, and sets a cookie no script reads', async () => {
    const answer = await stand.test.app.inject(`/api/v1/auth/sso/login?organization=${slug}`);
    expect(answer.statusCode).toBe(302);
    const { searchParams } = new URL(String(answer.headers.location));
    expect(Object.fromEntries(searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      redirect_uri: 'http://localhost:8000/api/v1/auth/sso/callback',
      scope: 'openid email profile',
    });
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(searchParams.get(name)).toMatch(/^[\w-]{43}$/);
    }
    expect(answer.cookies[0]).toMatchObject({
      httpOnly: true,
      secure: true,
      sameSite: 'Lax',
      maxAge: 600,
    });
  });

  it('a state that was used', async () => {
    const { callback, cookie } = await detour(() => undefined);
    expect((await stand.finish(callback, cookie)).statusCode).toBe(200);
    const again = await stand.finish(callback, cookie);
    expect([again.statusCode, codeOf(again)]).toEqual([401, 'SSO.STATE_INVALID']);
  });

  it('a state two requests take at the same moment', async () => {
    const { callback, cookie } = await detour(() => undefined);
    const both = await Promise.all([0, 1].map(() => stand.finish(callback, cookie)));
    expect(both.map((one) => one.statusCode).sort()).toEqual([200, 401]);
  });

  it('a state from another browser, a made-up one, none, and two', async () => {
    const { callback } = await detour(() => undefined);
    const { cookie: theirs } = await stand.begin(slug);
    expect(codeOf(await stand.finish(callback, theirs))).toBe('SSO.STATE_INVALID');
    const mine = await detour(() => undefined);
    for (const change of [
      (url: URL) => url.searchParams.set('state', 'made-up'),
      (url: URL) => url.searchParams.delete('state'),
      (url: URL) => url.searchParams.append('state', 'another'),
    ]) {
      const changed = new URL(mine.callback);
      change(changed);
      expect(codeOf(await stand.finish(changed, mine.cookie))).toBe('SSO.STATE_INVALID');
    }
    expect(codeOf(await stand.finish((await detour(() => undefined)).callback, ''))).toBe(
      'SSO.STATE_INVALID',
    );
  });

  it('a nonce that is not ours', async () => {
    const { callback, cookie } = await detour((url) => url.searchParams.set('nonce', 'other'));
    const answer = await stand.finish(callback, cookie);
    expect([answer.statusCode, codeOf(answer)]).toEqual([401, 'SSO.TOKEN_INVALID']);
  });

  it('a code that was asked for with another challenge', async () => {
    const { callback, cookie } = await detour((url) =>
      url.searchParams.set('code_challenge', 'x'.repeat(43)),
    );
    expect(codeOf(await stand.finish(callback, cookie))).toBe('SSO.PROVIDER_REFUSED');
  });

  it('a code of another client', async () => {
    const { callback, cookie } = await detour((url) =>
      url.searchParams.set('client_id', OTHER_CLIENT.client_id),
    );
    expect(codeOf(await stand.finish(callback, cookie))).toBe('SSO.PROVIDER_REFUSED');
  });

  it('an answer that names another issuer', async () => {
    const { callback, cookie } = await detour(() => undefined);
    callback.searchParams.set('iss', 'https://evil.example');
    expect(codeOf(await stand.finish(callback, cookie))).toBe('SSO.TOKEN_INVALID');
  });

  it.each(['access_denied', '<script>', 'login_required'])('an error: %s', async (error) => {
    const { callback, cookie } = await detour(() => undefined);
    callback.searchParams.delete('code');
    callback.searchParams.set('error', error);
    const answer = await stand.finish(callback, cookie);
    expect(codeOf(answer)).toBe('SSO.PROVIDER_REFUSED');
    expect(answer.body).not.toContain('<script>');
  });

  type Changes = () => Record<string, string | number | string[] | undefined>;
  const now = () => Math.floor(Date.now() / 1000);
  it.each<[string, Changes]>([
    ['for another client', () => ({ aud: OTHER_CLIENT.client_id })],
    ['made for another client', () => ({ azp: OTHER_CLIENT.client_id })],
    ['for two clients', () => ({ aud: ['driftguard', OTHER_CLIENT.client_id] })],
    ['of another issuer', () => ({ iss: 'https://evil.example' })],
    ['that is too old', () => ({ iat: now() - 7200, exp: now() - 3600 })],
    ['without a nonce', () => ({ nonce: undefined })],
    ['without a subject', () => ({ sub: undefined })],
  ])('a token %s', async (_what, changes) => {
    stand.provider.tamper = (token) => stand.provider.sign({ ...decodeJwt(token), ...changes() });
    const { callback, cookie } = await detour(() => undefined);
    const answer = await stand.finish(callback, cookie);
    stand.provider.tamper = null;
    expect([answer.statusCode, codeOf(answer)]).toEqual([401, 'SSO.TOKEN_INVALID']);
  });

  it('takes the same token with nothing changed: the control of the cases above', async () => {
    stand.provider.tamper = (token) => stand.provider.sign(decodeJwt(token));
    const { callback, cookie } = await detour(() => undefined);
    const answer = await stand.finish(callback, cookie);
    stand.provider.tamper = null;
    expect(answer.statusCode).toBe(200);
  });

  it('a token somebody else signed, or nobody', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    const head = Buffer.from('{"alg":"none"}').toString('base64url');
    for (const tamper of [
      (token: string) => stand.provider.sign(decodeJwt(token), privateKey),
      async (token: string) => `${head}.${token.split('.')[1] ?? ''}.`,
    ]) {
      stand.provider.tamper = tamper;
      const { callback, cookie } = await detour(() => undefined);
      const answer = await stand.finish(callback, cookie);
      stand.provider.tamper = null;
      expect([answer.statusCode, codeOf(answer)]).toEqual([401, 'SSO.TOKEN_INVALID']);
    }
  });

  it('logins where there is no single sign-on, with one answer', async () => {
    const plain = await stand.test.newOrganization();
    const off = await stand.organization({ is_active: false });
    const gone = await stand.organization();
    const path = `/api/v1/organizations/${gone.organization.id}/sso`;
    expect((await stand.test.request(gone.token, 'DELETE', path)).status).toBe(204);
    expect((await stand.test.request(gone.token, 'GET', path)).body.code).toBe(
      'SSO.NOT_CONFIGURED',
    );
    for (const one of ['nobody', plain.slug, off.organization.slug, gone.organization.slug]) {
      const { status, location } = await stand.begin(one);
      expect([status, location]).toEqual([404, expect.stringContaining('SSO.NOT_CONFIGURED')]);
    }
  });

  it('the rest of a login after it was switched off', async () => {
    const { organization, token } = await stand.organization();
    const { callback, cookie } = await detour(() => undefined, organization.slug);
    await stand.configure(organization, token, { is_active: false });
    expect(codeOf(await stand.finish(callback, cookie))).toBe('SSO.NOT_CONFIGURED');
  });

  it('says that the client secret is wrong', async () => {
    for (const token_auth_method of ['client_secret_basic', 'client_secret_post']) {
      const settings = { client_secret: 'wrong', token_auth_method };
      const { organization } = await stand.organization(settings);
      const answer = await stand.login(organization.slug, grace);
      expect(answer).toMatchObject({ status: 503, code: 'SSO.CLIENT_REFUSED' });
    }
  });
});
