import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RedisConnection } from '../../../src/core/redis/index.js';
import { TestContext } from '../../support/test-context.js';

const REGISTER = '/api/v1/auth/register';
const PASSPHRASE = 'gardens of tomorrow 42';

const registration = (changes: object = {}) => {
  const slug = `org-${randomUUID().slice(0, 8)}`;
  return {
    organization: { name: `The ${slug}`, slug },
    username: 'grace',
    email: 'grace@example.com',
    password: PASSPHRASE,
    ...changes,
  };
};

describe('registration of an organization', () => {
  let test: TestContext;

  beforeAll(async () => {
    test = await TestContext.open();
    await test.newOrganization();
  });

  afterAll(() => test.close());

  const register = (body: object) => test.request(null, 'POST', REGISTER, body);

  it('makes an organization of its own with an administrator', async () => {
    const body = registration();
    const answer = await register(body);
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      organization: { slug: body.organization.slug, is_active: true },
      user: { username: 'grace', role: 'admin', must_change_password: false },
    });
    expect(answer.text).not.toContain('argon2');
    const login = await test.request(null, 'POST', '/api/v1/auth/login', {
      organization: body.organization.slug,
      username: 'grace',
      password: PASSPHRASE,
    });
    const users = await test.request(String(login.body.access_token), 'GET', '/api/v1/users');
    expect((users.body.data as { username: string }[]).map((one) => one.username)).toEqual([
      'grace',
    ]);
  });

  it('takes a name and a slug once, and leaves nothing half made', async () => {
    const body = registration();
    await register(body);
    const sameName = registration({
      organization: { name: body.organization.name, slug: 'another-slug' },
    });
    const sameSlug = registration({
      organization: { name: 'Another name', slug: body.organization.slug },
    });
    expect((await register(sameName)).body.code).toBe('ORGANIZATION.NAME_TAKEN');
    expect((await register(sameSlug)).body.code).toBe('ORGANIZATION.SLUG_TAKEN');
    const free = registration({ organization: { name: 'Another name', slug: 'another-slug' } });
    expect((await register(free)).status).toBe(201);
  });

  it.each([
    [{ password: 'short' }, 'REQUEST.INVALID'],
    [{ password: 'password123456' }, 'AUTH.WEAK_PASSWORD'],
    [{ password: 'my name is grace' }, 'AUTH.WEAK_PASSWORD'],
    [{ username: 'a b' }, 'REQUEST.INVALID'],
    [{ email: 'nobody' }, 'REQUEST.INVALID'],
    [{ organization: { name: 'x', slug: 'Not A Slug' } }, 'REQUEST.INVALID'],
    [{ organization: null }, 'REQUEST.INVALID'],
    [{ role: 'admin' }, 'REQUEST.INVALID'],
  ])('refuses %j', async (changes, code) => {
    const answer = await register(registration(changes));
    expect([answer.status, answer.body.code]).toEqual([400, code]);
  });

  it('is limited per address', async () => {
    await test.get(RedisConnection).run((client) => client.flushdb());
    const statuses: number[] = [];
    for (let count = 0; count < 21; count++) {
      statuses.push((await register(registration({ password: 'password123456' }))).status);
    }
    expect(statuses.slice(-2)).toEqual([400, 429]);
  });
});

describe('an installation without registration and without a mail server', () => {
  let test: TestContext;

  beforeAll(async () => {
    test = await TestContext.open({ REGISTRATION: false, NODE_ENV: 'production' });
  });

  afterAll(() => test.close());

  it('says so, whoever asks', async () => {
    const closed = await test.request(null, 'POST', REGISTER, registration());
    expect([closed.status, closed.body.code]).toEqual([403, 'ORGANIZATION.REGISTRATION_CLOSED']);
    const acme = await test.newOrganization();
    const user = await test.newUser(acme);
    const token = await user.login();
    for (const username of [user.username, 'nobody']) {
      const body = { organization: acme.slug, username };
      const answer = await test.request(null, 'POST', '/api/v1/auth/password-reset', body);
      expect([answer.status, answer.body.code]).toEqual([503, 'MAIL.NOT_CONFIGURED']);
    }
    const invited = await test.request(token, 'POST', '/api/v1/invitations', {
      email: 'linus@example.com',
      role: 'viewer',
    });
    expect([invited.status, invited.body.code]).toEqual([503, 'MAIL.NOT_CONFIGURED']);
    const list = await test.request(token, 'GET', '/api/v1/invitations');
    expect(list.body.data).toEqual([]);
  });
});
