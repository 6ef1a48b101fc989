import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestOrganization } from '../../factories/organization.factory.js';
import { TestContext } from '../../support/test-context.js';

const NAME = '__Secure-driftguard-refresh';

describe('sessions of browsers', () => {
  let test: TestContext;
  let acme: TestOrganization;

  beforeAll(async () => {
    test = await TestContext.open();
    acme = await test.newOrganization();
  });

  afterAll(() => test.close());

  async function login() {
    const user = await test.newUser(acme);
    const answer = await test.app.inject({
      method: 'POST',
      url: '/api/v1/auth/login',
      payload: {
        organization: acme.slug,
        username: user.username,
        password: user.password,
        refresh_in: 'cookie',
      },
    });
    return answer;
  }

  const refresh = (cookie: string, headers: Record<string, string>) =>
    test.app.inject({
      method: 'POST',
      url: '/api/v1/auth/refresh',
      payload: {},
      headers: { cookie: `${NAME}=${cookie}`, ...headers },
    });
  const codeOf = (answer: { json(): unknown }) => (answer.json() as { code?: string }).code;

  it('keep the refresh token where no script reads it', async () => {
    const answer = await login();
    expect(answer.json()).toMatchObject({ refresh_token: null, token_type: 'Bearer' });
    expect(answer.body).not.toContain('dgr_');
    const [cookie] = answer.cookies;
    expect(cookie).toMatchObject({
      name: NAME,
      httpOnly: true,
      secure: true,
      sameSite: 'Strict',
      path: '/api/v1/auth',
    });
  });

  it('refresh with the cookie and the header, and get the next cookie', async () => {
    const [cookie] = (await login()).cookies;
    const answer = await refresh(cookie?.value ?? '', { 'x-driftguard-csrf': '1' });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ refresh_token: null });
    expect(answer.cookies[0]?.value).toMatch(/^dgr_/);
    expect(answer.cookies[0]?.value).not.toBe(cookie?.value);
  });

  it('are not refreshed by what another site makes the browser send, and do not end by it', async () => {
    const [cookie] = (await login()).cookies;
    const token = cookie?.value ?? '';
    for (const headers of [
      {},
      { 'x-driftguard-csrf': '1', 'sec-fetch-site': 'cross-site' },
      { 'x-driftguard-csrf': '1', 'sec-fetch-site': 'same-site' },
    ]) {
      const answer = await refresh(token, headers);
      expect([answer.statusCode, codeOf(answer)]).toEqual([403, 'AUTH.CSRF']);
    }
    const own = { 'x-driftguard-csrf': '1', 'sec-fetch-site': 'same-origin' };
    expect((await refresh(token, own)).statusCode).toBe(200);
  });

  it('are not opened by a cookie instead of a token, and lose the cookie at the logout', async () => {
    const answer = await login();
    const [cookie] = answer.cookies;
    const me = await test.app.inject({
      method: 'GET',
      url: '/api/v1/auth/me',
      headers: { cookie: `${NAME}=${cookie?.value ?? ''}` },
    });
    expect(me.statusCode).toBe(401);
    const { access_token } = answer.json<{ access_token: string }>();
    const out = await test.app.inject({
      method: 'POST',
      url: '/api/v1/auth/logout',
      headers: { authorization: `Bearer ${access_token}` },
    });
    expect(out.cookies[0]).toMatchObject({ name: NAME, value: '' });
  });
});
