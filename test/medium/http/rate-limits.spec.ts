import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { ConfigValues } from '../../../src/core/config/index.js';
import { TestContext } from '../../support/test-context.js';

describe('rate limits', () => {
  let test: TestContext | undefined;

  /** Counters of an installation of its own. */
  async function open(changes: Partial<ConfigValues>): Promise<TestContext> {
    test = await TestContext.open({ QUEUE_PREFIX: `limits-${randomUUID()}`, ...changes });
    return test;
  }

  afterEach(async () => {
    await test?.close();
    test = undefined;
  });

  it('stop an address, say for how long, and leave probes alone', async () => {
    const { app } = await open({ RATE_LIMIT_ADDRESS: 2 });
    const get = (url: string, remoteAddress: string) =>
      app.inject({ method: 'GET', url, remoteAddress });
    const jwks = '/.well-known/jwks.json';
    const first = await get(jwks, '192.0.2.1');
    expect(first.headers).toMatchObject({
      'ratelimit-policy': '"address";q=2;w=60',
      ratelimit: '"address";r=1;t=30',
    });
    await get(jwks, '192.0.2.1');
    const third = await get(jwks, '192.0.2.1');
    expect([third.statusCode, third.json<{ code: string }>().code]).toEqual([
      429,
      'REQUEST.TOO_MANY',
    ]);
    expect(Number(third.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(third.headers['retry-after'])).toBeLessThanOrEqual(30);
    expect(third.headers['content-security-policy']).toBeDefined();
    expect((await get(jwks, '192.0.2.2')).statusCode).toBe(200);
    expect((await get('/health/live', '192.0.2.1')).statusCode).toBe(200);
  });

  it('count a whole IPv6 network as one', async () => {
    const { app } = await open({ RATE_LIMIT_ADDRESS: 1 });
    const statusFrom = async (remoteAddress: string) =>
      (await app.inject({ url: '/.well-known/jwks.json', remoteAddress })).statusCode;
    expect(await statusFrom('2001:db8:0:1::1')).toBe(200);
    expect(await statusFrom('2001:db8:0:1:ffff::2')).toBe(429);
    expect(await statusFrom('2001:db8:0:2::1')).toBe(200);
  });

  it('believe a forwarded address only from a proxy that is trusted', async () => {
    const { app } = await open({ RATE_LIMIT_ADDRESS: 1 });
    const statusFor = async (forwarded: string) => {
      const headers = { 'x-forwarded-for': forwarded };
      return (await app.inject({ url: '/.well-known/jwks.json', headers })).statusCode;
    };
    expect(await statusFor('192.0.2.1')).toBe(200);
    expect(await statusFor('192.0.2.2')).toBe(429);
  });

  it('stop one organization, not its neighbour', async () => {
    const context = await open({ RATE_LIMIT_ORGANIZATION: 3 });
    const one = await context.newOrganization();
    const first = await (await context.newUser(one)).login();
    const colleague = await (await context.newUser(one)).login();
    const stranger = await (await context.newUser(await context.newOrganization())).login();
    const statusOf = async (token: string) =>
      (await context.request(token, 'GET', '/api/v1/auth/me')).status;
    const own = [first, colleague, first];
    for (const token of own) expect(await statusOf(token)).toBe(200);
    expect(await statusOf(colleague)).toBe(429);
    const answer = await context.request(stranger, 'GET', '/api/v1/auth/me');
    expect(answer.status).toBe(200);
    expect(answer.headers['ratelimit-policy']).toBe(
      '"address";q=1000000;w=60, "organization";q=3;w=60',
    );
  });
});
