import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TenantSql } from '../../../src/core/database/index.js';
import type { TestOrganization } from '../../factories/organization.factory.js';
import type { TestUser } from '../../factories/user.factory.js';
import { type Answer, TestContext } from '../../support/test-context.js';

const ME = '/api/v1/auth/me';
const REFRESH = '/api/v1/auth/refresh';
const SESSIONS = '/api/v1/auth/sessions';

interface Tokens {
  readonly access: string;
  readonly refresh: string;
  readonly id: string;
}

describe('sessions', () => {
  let test: TestContext;
  let acme: TestOrganization;
  let other: TestOrganization;

  beforeAll(async () => {
    test = await TestContext.open();
    acme = await test.newOrganization();
    other = await test.newOrganization();
  });

  afterAll(() => test.close());

  const tokensOf = (answer: Answer): Tokens => {
    expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
    const { access_token, refresh_token, session_id } = answer.body;
    return { access: String(access_token), refresh: String(refresh_token), id: String(session_id) };
  };
  const login = async (user: TestUser, organization = acme): Promise<Tokens> =>
    tokensOf(
      await test.request(null, 'POST', '/api/v1/auth/login', {
        organization: organization.slug,
        username: user.username,
        password: user.password,
      }),
    );
  const refresh = (refresh_token: string) => test.request(null, 'POST', REFRESH, { refresh_token });
  const told = ({ status, body }: Answer) => [status, body.code, body.detail];
  const age = (organization: TestOrganization, id: string, column: string, seconds: number) =>
    test.get(TenantSql).write(
      organization.context,
      `update sessions set ${column} = ${column} - make_interval(secs => $3)
         where organization_id = $1 and id = $2`,
      [organization.id, id, seconds],
    );

  it('go on from token to token, and every token works once', async () => {
    const first = await login(await test.newUser(acme));
    const second = tokensOf(await refresh(first.refresh));
    const third = tokensOf(await refresh(second.refresh));
    expect(new Set([first.refresh, second.refresh, third.refresh]).size).toBe(3);
    expect([second.id, third.id]).toEqual([first.id, first.id]);
    expect((await test.request(third.access, 'GET', ME)).status).toBe(200);
  });

  it('end for thief and victim alike when a refresh token is used twice', async () => {
    const user = await test.newUser(acme);
    const stolen = await login(user);
    const thief = tokensOf(await refresh(stolen.refresh));
    const later = tokensOf(await refresh(thief.refresh));
    expect(told(await refresh(stolen.refresh))[1]).toBe('AUTH.SESSION_ENDED');
    for (const { access } of [stolen, thief, later]) {
      expect((await test.request(access, 'GET', ME)).status).toBe(401);
    }
    expect((await refresh(later.refresh)).status).toBe(401);
    const [audited] = await test.get(TenantSql).read(
      acme.context,
      `select action from audit_logs
         where organization_id = $1 and user_id = $2 and action = 'refresh_token_reused'`,
      [acme.id, user.id],
    );
    expect(audited).toBeDefined();
  });

  it('end the same way when the token before the last one comes late', async () => {
    const first = await login(await test.newUser(acme));
    const second = tokensOf(await refresh(first.refresh));
    await age(acme, first.id, 'rotated_at', 11);
    expect((await refresh(first.refresh)).status).toBe(401);
    expect((await refresh(second.refresh)).status).toBe(401);
  });

  it('survive two tabs that refresh at the same moment, and give only one of them tokens', async () => {
    const first = await login(await test.newUser(acme));
    const answers = await Promise.all([refresh(first.refresh), refresh(first.refresh)]);
    const statuses = answers.map((one) => one.status).sort();
    expect(statuses).toEqual([200, 409]);
    const winner = answers.find((one) => one.status === 200);
    expect(answers.find((one) => one.status === 409)?.text).not.toContain('dgr_');
    expect((await refresh(String(winner?.body.refresh_token))).status).toBe(200);
  });

  it('do not take another client for a second tab', async () => {
    const first = await login(await test.newUser(acme));
    tokensOf(await refresh(first.refresh));
    const answer = await test.app.inject({
      method: 'POST',
      url: REFRESH,
      payload: { refresh_token: first.refresh },
      headers: { 'user-agent': 'somebody else' },
    });
    expect(answer.statusCode).toBe(401);
    expect((await test.request(first.access, 'GET', ME)).status).toBe(401);
  });

  it('say the same about every refresh token that does not work', async () => {
    const ended = await login(await test.newUser(acme));
    await test.request(ended.access, 'POST', '/api/v1/auth/logout');
    const expired = await login(await test.newUser(acme));
    await age(acme, expired.id, 'expires_at', 90_000);
    const idle = await login(await test.newUser(acme));
    await age(acme, idle.id, 'last_used_at', 3601);
    const live = await login(await test.newUser(acme));
    const forged = `${live.refresh.slice(0, -8)}AAAAAAAA`.replace(
      /^dgr_(.{44})....../,
      'dgr_$1AAAAAA',
    );
    const answers = await Promise.all(
      ['nonsense', 'dgr_AAAA', forged, ended.refresh, expired.refresh, idle.refresh].map(refresh),
    );
    const first = answers[0];
    expect(first?.body.code).toBe('AUTH.SESSION_ENDED');
    for (const answer of answers)
      expect(told(answer)).toEqual(first === undefined ? [] : told(first));
    // Who does not know the family cannot end a session by guessing.
    expect((await refresh(live.refresh)).status).toBe(200);
  });

  it('end after the idle time of the organization, running access tokens too', async () => {
    const strict = await test.newOrganization({ session_timeout: 120 });
    const tokens = await login(await test.newUser(strict), strict);
    await age(strict, tokens.id, 'last_used_at', 100);
    // A use within the time begins it anew.
    expect((await test.request(tokens.access, 'GET', ME)).status).toBe(200);
    await age(strict, tokens.id, 'last_used_at', 100);
    expect((await test.request(tokens.access, 'GET', ME)).status).toBe(200);
    await age(strict, tokens.id, 'last_used_at', 121);
    expect((await test.request(tokens.access, 'GET', ME)).status).toBe(401);
  });

  it('end at their longest life, however much they are used', async () => {
    const tokens = await login(await test.newUser(acme));
    await age(acme, tokens.id, 'expires_at', 24 * 3600 + 1);
    expect((await test.request(tokens.access, 'GET', ME)).status).toBe(401);
    expect((await refresh(tokens.refresh)).status).toBe(401);
  });

  it('end at the logout, and only this one', async () => {
    const user = await test.newUser(acme);
    const [one, two] = [await login(user), await login(user)];
    expect((await test.request(one.access, 'POST', '/api/v1/auth/logout')).status).toBe(204);
    expect((await test.request(one.access, 'GET', ME)).status).toBe(401);
    expect((await refresh(one.refresh)).status).toBe(401);
    expect((await test.request(two.access, 'GET', ME)).status).toBe(200);
  });

  it('are listed and revoked by their owner, one by one and all at once', async () => {
    const user = await test.newUser(acme, { role: 'viewer' });
    const [one, two, three] = [await login(user), await login(user), await login(user)];
    const list = await test.request(one.access, 'GET', SESSIONS);
    const data = list.body.data as { id: string; current: boolean; method: string }[];
    expect(data.map((session) => session.id)).toEqual([three.id, two.id, one.id]);
    expect(data.filter((session) => session.current).map(({ id }) => id)).toEqual([one.id]);
    expect(list.text).not.toMatch(/hash|dgr_/);

    expect((await test.request(one.access, 'DELETE', `${SESSIONS}/${two.id}`)).status).toBe(204);
    expect((await test.request(two.access, 'GET', ME)).status).toBe(401);
    const again = await test.request(one.access, 'DELETE', `${SESSIONS}/${two.id}`);
    expect([again.status, again.body.code]).toEqual([404, 'SESSION.NOT_FOUND']);

    expect((await test.request(one.access, 'DELETE', SESSIONS)).body).toEqual({ ended: 2 });
    for (const tokens of [one, three]) {
      expect((await test.request(tokens.access, 'GET', ME)).status).toBe(401);
    }
  });

  it('are fifty of a user at most: the oldest gives way, and old ended ones are forgotten', async () => {
    const user = await test.newUser(acme);
    const [oldest, ended] = [await login(user), await login(user)];
    await test.request(ended.access, 'POST', '/api/v1/auth/logout');
    await age(acme, ended.id, 'ended_at', 31 * 24 * 3600);
    await test.get(TenantSql).write(
      acme.context,
      `insert into sessions (organization_id, id, user_id, method, password_version, family_hash,
         refresh_hash, expires_at)
       select organization_id, gen_random_uuid(), user_id, method, 0, 'x', 'x', expires_at
       from sessions, generate_series(1, 49) where organization_id = $1 and id = $2`,
      [acme.id, oldest.id],
    );
    const newest = await login(user);
    const [row] = await test.get(TenantSql).read<{ open: number; all: number }>(
      acme.context,
      `select count(*)::int as all, count(*) filter (where ended_at is null)::int as open
         from sessions where organization_id = $1 and user_id = $2`,
      [acme.id, user.id],
    );
    expect(row).toEqual({ open: 50, all: 50 });
    expect((await test.request(oldest.access, 'GET', ME)).status).toBe(401);
    expect((await test.request(newest.access, 'GET', ME)).status).toBe(200);
  });

  it('are nobody else’s: neither a colleague nor another organization ends them', async () => {
    const victim = await login(await test.newUser(acme));
    const colleague = await login(await test.newUser(acme));
    const stranger = await login(await test.newUser(other), other);
    for (const { access } of [colleague, stranger]) {
      const answer = await test.request(access, 'DELETE', `${SESSIONS}/${victim.id}`);
      expect([answer.status, answer.body.code]).toEqual([404, 'SESSION.NOT_FOUND']);
    }
    expect((await test.request(victim.access, 'GET', ME)).status).toBe(200);
  });

  it('are seen and ended by administrators for their users', async () => {
    const admin = await login(await test.newUser(acme));
    const user = await test.newUser(acme, { role: 'editor' });
    const tokens = await login(user);
    const path = `/api/v1/users/${user.id}/sessions`;
    expect((await test.request(tokens.access, 'GET', path)).status).toBe(403);
    const list = await test.request(admin.access, 'GET', path);
    expect((list.body.data as { id: string }[]).map(({ id }) => id)).toEqual([tokens.id]);
    expect((await test.request(admin.access, 'DELETE', path)).body).toEqual({ ended: 1 });
    expect((await test.request(tokens.access, 'GET', ME)).status).toBe(401);
  });

  it('all end when the password is changed, and one begins', async () => {
    const user = await test.newUser(acme);
    const [one, two] = [await login(user), await login(user)];
    const changed = tokensOf(
      await test.request(one.access, 'POST', '/api/v1/auth/change-password', {
        current_password: user.password,
        new_password: 'gardens of tomorrow 42',
      }),
    );
    for (const tokens of [one, two]) {
      expect((await test.request(tokens.access, 'GET', ME)).status).toBe(401);
      expect((await refresh(tokens.refresh)).status).toBe(401);
    }
    expect((await test.request(changed.access, 'GET', ME)).status).toBe(200);
    expect((await refresh(changed.refresh)).status).toBe(200);
  });

  it('end with the user, do not come back with the user, and end with the organization', async () => {
    const admin = await login(await test.newUser(acme));
    const user = await test.newUser(acme, { role: 'editor' });
    const tokens = await login(user);
    const change = (is_active: boolean) =>
      test.request(admin.access, 'PUT', `/api/v1/users/${user.id}`, {
        email: 'user@example.com',
        role: 'editor',
        is_active,
      });
    await change(false);
    expect((await test.request(tokens.access, 'GET', ME)).status).toBe(401);
    expect((await refresh(tokens.refresh)).status).toBe(401);
    await change(true);
    expect((await test.request(tokens.access, 'GET', ME)).status).toBe(401);

    const closing = await test.newOrganization();
    const owner = await test.newUser(closing);
    const last = await login(owner, closing);
    const sql = 'update organizations set is_active = false where id = $1';
    await test.get(TenantSql).write(closing.context, sql, [closing.id]);
    expect((await test.request(last.access, 'GET', ME)).status).toBe(401);
    expect((await refresh(last.refresh)).status).toBe(401);
    await expect(login(owner, closing)).rejects.toThrow();
  });
});
