import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import argon2 from 'argon2';
import { LoginThrottle, MAX_FAILURES } from '../../../src/core/auth/login/login-throttle.js';
import { PasswordHasher } from '../../../src/core/auth/index.js';
import { TenantSql } from '../../../src/core/database/index.js';
import { RedisConnection } from '../../../src/core/redis/index.js';
import type { TestOrganization } from '../../factories/organization.factory.js';
import { type Answer, TestContext } from '../../support/test-context.js';

describe('the door of login', () => {
  let test: TestContext;
  let acme: TestOrganization;

  beforeAll(async () => {
    test = await TestContext.open({ QUEUE_PREFIX: `login-${process.pid}` });
    acme = await test.newOrganization();
    await test.newOrganization();
  });

  afterAll(() => test.close());

  const login = (username: string, password: string) =>
    test.request(null, 'POST', '/api/v1/auth/login', {
      organization: acme.slug,
      username,
      password,
    });
  const told = (answer: Answer) => {
    const { error_id: _error, correlation_id: _correlation, ...rest } = answer.body;
    return rest;
  };

  it('tells who exists by nothing, not even when it closes', async () => {
    const user = await test.newUser(acme);
    for (let count = 0; count < MAX_FAILURES + 1; count++) {
      const known = await login(user.username, 'guess');
      const unknown = await login(`no-${user.username}`, 'guess');
      expect(told(known)).toEqual(told(unknown));
      expect(known.status).toBe(count < MAX_FAILURES ? 401 : 429);
    }
  });

  it('counts guesses that arrive at the same moment', async () => {
    const user = await test.newUser(acme);
    const answers = await Promise.all(
      Array.from({ length: MAX_FAILURES * 2 }, () => login(user.username, 'guess')),
    );
    expect(answers.filter((one) => one.status === 401)).toHaveLength(MAX_FAILURES);
  });

  it('counts for all processes together, and for every spelling of the name', async () => {
    const user = await test.newUser(acme);
    for (let count = 0; count < MAX_FAILURES - 1; count++) await login(user.username, 'guess');
    const elsewhere = await TestContext.open({ QUEUE_PREFIX: `login-${process.pid}` });
    const body = {
      organization: acme.slug,
      username: user.username.toUpperCase(),
      password: 'guess',
    };
    await elsewhere.request(null, 'POST', '/api/v1/auth/login', body);
    await elsewhere.close();
    expect((await login(user.username, user.password)).status).toBe(429);
  });

  it('forgets failures at a success', async () => {
    const user = await test.newUser(acme);
    for (let count = 0; count < MAX_FAILURES - 1; count++) await login(user.username, 'guess');
    expect((await login(user.username, user.password)).status).toBe(200);
    expect((await login(user.username, 'guess')).status).toBe(401);
  });

  it('closes for one address only, until many addresses guess', async () => {
    const throttle = test.get(LoginThrottle);
    const at = (ip: string) => throttle.take({ organization: 'x', username: 'ada', ip });
    for (let count = 0; count < MAX_FAILURES; count++) await at('192.0.2.1');
    for (let count = 0; count < 200; count++) {
      await expect(at('192.0.2.1')).rejects.toMatchObject({ code: 'AUTH.TOO_MANY_ATTEMPTS' });
    }
    await at('192.0.2.2');
    for (let count = 3; count < 92; count++) await at(`192.0.2.${count}`);
    await expect(at('198.51.100.1')).rejects.toMatchObject({ code: 'AUTH.TOO_MANY_ATTEMPTS' });
  });

  it('keeps neither names nor addresses in Redis', async () => {
    const user = await test.newUser(acme, { username: 'canary-username' });
    await login(user.username, 'guess');
    const keys = await test.get(RedisConnection).run((client) => client.keys('*'));
    expect(keys.some((key) => key.includes('attempts:login/own:'))).toBe(true);
    expect(keys.join()).not.toMatch(/canary|127\.0\.0\.1/);
  });

  it('hashes a password anew at the login when it was hashed with less', async () => {
    const user = await test.newUser(acme);
    const weak = await argon2.hash(user.password, { memoryCost: 4096, timeCost: 2 });
    const sql = test.get(TenantSql);
    const where = 'where organization_id = $1 and id = $2';
    await sql.write(acme.context, `update users set password_hash = $3 ${where}`, [
      acme.id,
      user.id,
      weak,
    ]);
    const token = await user.login();
    const [row] = await sql.read<{ password_hash: string }>(
      acme.context,
      `select password_hash from users ${where}`,
      [acme.id, user.id],
    );
    expect(test.get(PasswordHasher).isOutdated(row?.password_hash ?? '')).toBe(false);
    expect((await test.request(token, 'GET', '/api/v1/auth/me')).status).toBe(200);
    expect((await login(user.username, user.password)).status).toBe(200);
  });

  it('knows a mail address that one user has, not one that two have', async () => {
    const user = await test.newUser(acme, { email: 'Unique@Example.com' });
    expect((await login('unique@example.com', user.password)).status).toBe(200);
    const twin = await test.newUser(acme, { email: 'twin@example.com' });
    await test.newUser(acme, { email: 'twin@example.com' });
    expect((await login('twin@example.com', twin.password)).status).toBe(401);
    expect((await login('', twin.password)).status).toBe(400);
  });
});
