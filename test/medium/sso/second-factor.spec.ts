import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generate } from 'otplib';
import type { TestOrganization } from '../../factories/organization.factory.js';
import type { Person } from './identity-provider.js';
import { SsoStand } from './sso-stand.js';

const ada: Person = { sub: 'ada', email: 'ada@acme.example', email_verified: true };
const withFactor: Person = { ...ada, amr: ['pwd', 'otp'] };

describe('single sign-on where the organization requires a second factor', () => {
  let stand: SsoStand;

  beforeAll(async () => {
    stand = await SsoStand.open();
  });
  afterAll(() => stand.close());

  const call = (token: string, method: 'GET' | 'POST' | 'PUT', url: string, body?: object) =>
    stand.test.request(token, method, `/api/v1/${url}`, body);
  const codeOf = async (token: string) => (await call(token, 'GET', 'environments')).body.code;
  const methods = async (token: string) => {
    const { body } = await call(token, 'GET', 'auth/sessions');
    return (body.data as { method: string }[]).map((one) => one.method);
  };
  /** The administrator has no factor: the requirement is written past the API. */
  const strict = async (values: readonly string[]): Promise<TestOrganization> => {
    const { organization, token } = await stand.organization({ second_factor_values: values });
    const path = `organizations/${organization.id}/settings`;
    const { organization: _id, ...settings } = (await call(token, 'GET', path)).body;
    const answer = await call(token, 'PUT', path, { ...settings, two_factor_required: true });
    expect(answer.status).toBe(200);
    return organization;
  };

  it('takes the provider’s word for one, where its token says one of the values', async () => {
    const organization = await strict(['otp', 'hwk']);
    const { token } = await stand.login(organization.slug, withFactor);
    expect(await codeOf(token)).toBeUndefined();
    expect(await methods(token)).toEqual(['sso+second_factor']);
  });

  it.each([
    ['says nothing', ada, ['otp']],
    ['says something else', { ...ada, amr: ['pwd', 'OTP', 'otp2'] }, ['otp']],
    ['says a value, but the organization lists none', withFactor, []],
  ] as const)('asks for ours where the token %s', async (_case, person, values) => {
    const organization = await strict(values);
    const { token } = await stand.login(organization.slug, person);
    expect(await codeOf(token)).toBe('AUTH.TWO_FACTOR_REQUIRED');
    expect(await codeOf((await stand.login(organization.slug, person)).token)).toBe(
      'AUTH.TWO_FACTOR_REQUIRED',
    );
    // Setting one up opens this session; the next one proves it.
    const { secret } = (await call(token, 'POST', 'auth/two-factor', {})).body;
    const first = await generate({ secret: String(secret) });
    expect((await call(token, 'PUT', 'auth/two-factor', { otp_code: first })).status).toBe(200);
    expect(await codeOf(token)).toBeUndefined();
    const next = await stand.login(organization.slug, person);
    expect(await codeOf(next.token)).toBe('AUTH.TWO_FACTOR_REQUIRED');
    const again = await call(next.token, 'POST', 'auth/step-up', { otp_code: first });
    expect(again.body.code).toBe('AUTH.WRONG_CODE');
    const epoch = Math.floor(Date.now() / 1000) + 30;
    const otp_code = await generate({ secret: String(secret), epoch });
    expect((await call(next.token, 'POST', 'auth/step-up', { otp_code })).status).toBe(204);
    expect(await codeOf(next.token)).toBeUndefined();
    expect(await methods(next.token)).toContain('sso');
  });

  it('believes the signed token only, not the userinfo endpoint', async () => {
    const organization = await strict(['otp']);
    stand.provider.tamper = (idToken) => stand.provider.withoutClaim(idToken, 'amr');
    try {
      const { token } = await stand.login(organization.slug, withFactor);
      expect(await codeOf(token)).toBe('AUTH.TWO_FACTOR_REQUIRED');
    } finally {
      stand.provider.tamper = null;
    }
  });

  it('asks nobody where the organization requires none', async () => {
    const { organization } = await stand.organization({ second_factor_values: ['otp'] });
    const { token } = await stand.login(organization.slug, ada);
    expect(await codeOf(token)).toBeUndefined();
    expect(await methods(token)).toEqual(['sso']);
  });
});
