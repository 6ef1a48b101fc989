import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generate } from 'otplib';
import { TenantSql } from '../../../src/core/database/index.js';
import type { TestOrganization } from '../../factories/organization.factory.js';
import type { TestUser } from '../../factories/user.factory.js';
import { type Answer, TestContext } from '../../support/test-context.js';

const AUTH = '/api/v1/auth';
const TWO_FACTOR = `${AUTH}/two-factor`;
const LOGIN = `${AUTH}/login`;

interface Enrolled {
  readonly user: TestUser;
  readonly token: string;
  readonly secret: string;
  readonly recovery: string[];
  /** The code that confirmed it. */
  readonly code: string;
}

describe('a second factor', () => {
  let test: TestContext;
  let acme: TestOrganization;

  beforeAll(async () => {
    test = await TestContext.open();
    acme = await test.newOrganization();
  });

  afterAll(() => test.close());

  const told = ({ status, body }: Answer) => [status, body.code];
  const now = () => Math.floor(Date.now() / 1000);
  const codeOf = (secret: string, stepsAhead = 0) =>
    generate({ secret, epoch: now() + stepsAhead * 30 });
  /** As if the code before had been used long ago. */
  const forgetStep = (user: TestUser) =>
    test
      .get(TenantSql)
      .write(
        acme.context,
        'update two_factors set last_step = 0 where organization_id = $1 and user_id = $2',
        [acme.id, user.id],
      );
  const enrol = async (user: TestUser): Promise<Enrolled> => {
    const token = await user.login();
    const begun = await test.request(token, 'POST', TWO_FACTOR, { password: user.password });
    expect(begun.status).toBe(201);
    const secret = String(begun.body.secret);
    expect(begun.body.otpauth_uri).toContain(`secret=${secret}`);
    expect(String(begun.body.qr_code)).toMatch(/^data:image\/png;base64,/);
    const code = await codeOf(secret);
    const body = { otp_code: code };
    const confirmed = await test.request(token, 'PUT', TWO_FACTOR, body);
    expect(confirmed.status).toBe(200);
    return { user, token, secret, code, recovery: confirmed.body.recovery_codes as string[] };
  };
  const challenge = async (user: TestUser): Promise<string> => {
    const answer = await test.request(null, 'POST', LOGIN, {
      organization: acme.slug,
      username: user.username,
      password: user.password,
    });
    expect([answer.status, answer.body.access_token]).toEqual([202, undefined]);
    return String(answer.body.challenge_token);
  };
  const answer = (challenge_token: string, code: string) =>
    test.request(null, 'POST', `${LOGIN}/second-factor`, { challenge_token, otp_code: code });

  it('makes a login two steps, and a code works once', async () => {
    const { user, secret, code: first } = await enrol(await test.newUser(acme));
    // The code of the confirmation is used up.
    expect(told(await answer(await challenge(user), first))).toEqual([400, 'AUTH.WRONG_CODE']);
    const code = await codeOf(secret, 1);
    const opened = await answer(await challenge(user), code);
    expect(opened.status).toBe(200);
    const me = await test.request(String(opened.body.access_token), 'GET', `${AUTH}/me`);
    expect(me.status).toBe(200);
    expect(told(await answer(await challenge(user), code))).toEqual([400, 'AUTH.WRONG_CODE']);
    // One that is older than the last one is as good as used.
    expect((await answer(await challenge(user), await codeOf(secret, -1))).status).toBe(400);
  });

  it('is taken from one of two requests with the same code at the same moment', async () => {
    const { user, secret } = await enrol(await test.newUser(acme));
    const [one, other] = [await challenge(user), await challenge(user)];
    const code = await codeOf(secret, 1);
    const answers = await Promise.all([answer(one, code), answer(other, code)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
  });

  it('is taken a step early or late, not two', async () => {
    const { user, secret } = await enrol(await test.newUser(acme));
    await forgetStep(user);
    expect((await answer(await challenge(user), await codeOf(secret, -3))).status).toBe(400);
    expect((await answer(await challenge(user), await codeOf(secret, 3))).status).toBe(400);
    expect((await answer(await challenge(user), await codeOf(secret, -1))).status).toBe(200);
  });

  it('is asked for by a challenge that works once, for its own user, until the password changes', async () => {
    const { user, recovery } = await enrol(await test.newUser(acme));
    const used = await challenge(user);
    expect((await answer(used, recovery[0] ?? '')).status).toBe(200);
    expect(told(await answer(used, recovery[1] ?? ''))).toEqual([401, 'AUTH.CHALLENGE_OVER']);
    expect((await answer('dgc_nothing', recovery[1] ?? '')).status).toBe(401);
    const stranger = await enrol(await test.newUser(acme));
    expect((await answer(await challenge(stranger.user), recovery[1] ?? '')).status).toBe(400);
    const waiting = await challenge(user);
    await test
      .get(TenantSql)
      .write(
        acme.context,
        'update users set password_version = password_version + 1 where organization_id = $1 and id = $2',
        [acme.id, user.id],
      );
    expect(told(await answer(waiting, recovery[1] ?? ''))).toEqual([401, 'AUTH.CHALLENGE_OVER']);
  });

  it('is replaced by a recovery code, each once, until there are new ones', async () => {
    const { user, token, recovery } = await enrol(await test.newUser(acme));
    expect(recovery).toHaveLength(10);
    const [first = '', second = ''] = recovery;
    expect((await answer(await challenge(user), first.toLowerCase())).status).toBe(200);
    expect(told(await answer(await challenge(user), first))).toEqual([400, 'AUTH.WRONG_CODE']);
    const status = await test.request(token, 'GET', TWO_FACTOR);
    expect(status.body).toMatchObject({ enabled: true, recovery_codes_left: 9 });
    const renewed = await test.request(token, 'POST', `${TWO_FACTOR}/recovery-codes`);
    const [fresh = ''] = renewed.body.recovery_codes as string[];
    expect((await answer(await challenge(user), second)).status).toBe(400);
    expect((await answer(await challenge(user), fresh)).status).toBe(200);
  });

  it('cannot be guessed: ten wrong codes, then even the right one is refused', async () => {
    const { user, recovery } = await enrol(await test.newUser(acme));
    const token = await challenge(user);
    for (let guess = 0; guess < 10; guess += 1) {
      expect((await answer(token, String(guess).padStart(6, '0'))).status).toBe(400);
    }
    expect(told(await answer(token, recovery[0] ?? ''))).toEqual([429, 'AUTH.TOO_MANY_CODES']);
  });

  it('is asked again for what is dangerous, ten minutes after it was proven', async () => {
    const { user, token, secret } = await enrol(await test.newUser(acme));
    const colleague = await test.newUser(acme, { role: 'viewer' });
    const promote = () =>
      test.request(token, 'PUT', `/api/v1/users/${colleague.id}`, {
        email: 'user@example.com',
        role: 'editor',
        is_active: true,
      });
    expect((await promote()).status).toBe(200);
    await test.get(TenantSql).write(
      acme.context,
      `update sessions set stepped_up_at = now() - interval '601 seconds'
       where organization_id = $1 and user_id = $2`,
      [acme.id, user.id],
    );
    expect(told(await promote())).toEqual([403, 'AUTH.STEP_UP_REQUIRED']);
    const moveTo = { email: 'elsewhere@example.com', current_password: user.password };
    const moved = await test.request(token, 'POST', `${AUTH}/email`, moveTo);
    expect(told(moved)).toEqual([403, 'AUTH.STEP_UP_REQUIRED']);
    const wrong = await test.request(token, 'POST', `${AUTH}/step-up`, { otp_code: '000000' });
    expect(told(wrong)).toEqual([400, 'AUTH.WRONG_CODE']);
    const body = { otp_code: await codeOf(secret, 1) };
    expect((await test.request(token, 'POST', `${AUTH}/step-up`, body)).status).toBe(204);
    expect((await promote()).status).toBe(200);
    // Who has no second factor is not asked for one.
    const plain = await (await test.newUser(acme)).login();
    const path = `/api/v1/users/${colleague.id}/two-factor`;
    expect((await test.request(plain, 'DELETE', path)).status).toBe(204);
  });

  it('is set up and given up with the password only', async () => {
    const user = await test.newUser(acme);
    const begun = await test.request(await user.login(), 'POST', TWO_FACTOR, { password: 'no' });
    expect(told(begun)).toEqual([400, 'AUTH.WRONG_CURRENT_PASSWORD']);
    const { token, recovery } = await enrol(user);
    const again = await test.request(token, 'POST', TWO_FACTOR, { password: user.password });
    expect(told(again)).toEqual([409, 'AUTH.TWO_FACTOR_ENABLED']);
    const [otp_code = ''] = recovery;
    const give = (body: object) => test.request(token, 'DELETE', TWO_FACTOR, body);
    expect((await give({ otp_code, password: 'wrong' })).status).toBe(400);
    expect((await give({ otp_code: '000000', password: user.password })).status).toBe(400);
    expect((await give({ otp_code, password: user.password })).status).toBe(204);
    expect(await user.login()).toBeTruthy();
  });

  it('is set up before anything else where the organization requires it', async () => {
    const strict = await test.newOrganization();
    const admin = await test.newUser(strict);
    await test.get(TenantSql).write(
      strict.context,
      `insert into organization_settings (organization_id, id, two_factor_required)
       values ($1, gen_random_uuid(), true)
       on conflict (organization_id) do update set two_factor_required = true`,
      [strict.id],
    );
    const token = await admin.login();
    const users = () => test.request(token, 'GET', '/api/v1/users');
    expect(told(await users())).toEqual([403, 'AUTH.TWO_FACTOR_REQUIRED']);
    await enrol(admin);
    expect((await users()).status).toBe(200);
  });

  it('is taken off by an administrator of the same organization, and rests sealed', async () => {
    const { user, token, secret } = await enrol(await test.newUser(acme, { role: 'editor' }));
    const path = `/api/v1/users/${user.id}/two-factor`;
    const stranger = await (await test.newUser(await test.newOrganization())).login();
    expect((await test.request(stranger, 'DELETE', path)).status).toBe(404);
    expect((await test.request(token, 'DELETE', path)).status).toBe(403);
    const rows = await test.get(TenantSql).read<{ text: string }>(
      acme.context,
      `select encode(sealed, 'escape') || (select string_agg(content, '') from audit_details) as text
         from two_factors where organization_id = $1 and user_id = $2`,
      [acme.id, user.id],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.text).not.toContain(secret);
    const admin = await (await test.newUser(acme)).login();
    expect((await test.request(admin, 'DELETE', path)).status).toBe(204);
    expect((await test.request(token, 'GET', `${AUTH}/me`)).status).toBe(401);
    expect(await user.login()).toBeTruthy();
  });
});
