import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EntityManager } from '@mikro-orm/postgresql';
import type { Queue } from 'bull';
import { generate } from 'otplib';
import {
  OperatorAccount,
  type OperatorCredentials,
  Operators,
} from '../../../src/core/auth/index.js';
import { BullJobQueue } from '../../../src/core/queue/bull-job-queue.js';
import { TestContext } from '../../support/test-context.js';

const CANARY = `canary-${randomUUID()}`;
const PERSON = 'Grace-Hopper-Canary';

describe('the queue board', () => {
  let test: TestContext;
  let operator: OperatorCredentials;
  let cookie = '';
  let queue: Queue;

  beforeAll(async () => {
    test = await TestContext.open({ QUEUE_PREFIX: `board-${process.pid}` });
    queue = test.get(BullJobQueue).bullQueue('mail') as Queue;
  });
  afterAll(() => test.close());

  const call = (method: 'GET' | 'PUT' | 'POST' | 'PATCH', url: string, headers: object = {}) =>
    test.app.inject({
      method,
      url: `/queue-board${url}`,
      headers: { cookie, ...headers },
    });
  const signIn = (token: string, code: string) =>
    test.app.inject({
      method: 'POST',
      url: '/queue-board/sign-in',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ token, code }).toString(),
    });
  /** A code works once: each sign-in has another operator. */
  const newOperator = () => test.get(Operators).create(`board-${randomUUID().slice(0, 8)}`);
  const failedJob = async (organizationId: string) => {
    await queue.add(
      'send-account-mail',
      {
        organization_id: organizationId,
        actor: { kind: 'user', id: randomUUID(), name: PERSON },
        role: 'admin',
        correlation_id: randomUUID(),
        payload: { mail: CANARY, id: randomUUID(), deep: [{ [CANARY]: CANARY }] },
      },
      { attempts: 1, jobId: `send-account-mail/${organizationId}/${randomUUID()}` },
    );
    const job = await queue.getNextJob();
    if (job === undefined) throw new Error('the job was not there to be taken');
    await job.moveToFailed({ message: `smtp://user:${CANARY}@mail refused` });
    return job;
  };
  const pathOf = (id: unknown) => `/api/queues/mail/${encodeURIComponent(String(id))}`;

  it('is not there while there is no operator', async () => {
    const em = test.get(EntityManager).fork();
    await em.nativeUpdate(OperatorAccount, {}, { disabled_at: new Date() });
    for (const url of ['/', '/sign-in', '/api/queues', '/static/images/logo.svg']) {
      expect([url, (await call('GET', url)).statusCode]).toEqual([url, 404]);
    }
    expect((await signIn('dgo_x', '000000')).statusCode).toBe(404);
  });

  it('asks who is not signed in for token and code, and takes both only together and once', async () => {
    operator = await newOperator();
    const { token, secret } = operator;
    const toSignIn = await call('GET', '/', { accept: 'text/html' });
    expect([toSignIn.statusCode, toSignIn.headers.location]).toEqual([303, '/queue-board/sign-in']);
    for (const url of ['/api/queues', '/static/images/logo.svg', '/queue/mail']) {
      expect([url, (await call('GET', url)).statusCode]).toEqual([url, 401]);
    }
    const code = await generate({ secret });
    for (const [wrongToken, wrongCode] of [
      ['dgo_wrong', code],
      [token, '000000'],
      [token, ''],
    ] as const) {
      const refused = await signIn(wrongToken, wrongCode);
      expect([refused.statusCode, refused.headers['set-cookie']]).toEqual([401, undefined]);
      expect(refused.body).toContain('role="alert"');
      expect(refused.body).not.toContain(token);
    }
    const opened = await signIn(token, code);
    expect([opened.statusCode, opened.headers.location]).toEqual([303, '/queue-board/']);
    const set = String(opened.headers['set-cookie']);
    for (const part of ['HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/queue-board']) {
      expect(set).toContain(part);
    }
    expect((await signIn(token, code)).statusCode).toBe(401);
    cookie = set.split(';')[0] ?? '';
    expect((await call('GET', '/')).statusCode).toBe(200);
  });

  it('has a policy that lets nothing inline run or style, and no page that needs it', async () => {
    const { body, headers } = await call('GET', '/');
    const policy = String(headers['content-security-policy']);
    expect(policy).not.toMatch(/unsafe|https?:/);
    expect(policy).toContain("base-uri 'self'");
    expect(body).not.toMatch(/<style|\sstyle=|<script>|href="https:/);
    const elsewhere = await test.app.inject({ method: 'GET', url: '/health/live' });
    expect(elsewhere.headers['content-security-policy']).toContain("base-uri 'none'");
  });

  it('shows jobs without what may be a tenant’s', async () => {
    const organization = await test.newOrganization();
    const { id } = await failedJob(organization.id);
    const list = await call(
      'GET',
      '/api/queues?activeQueue=mail&status=failed&page=1&jobsPerPage=10',
    );
    expect(list.statusCode).toBe(200);
    expect(list.body).toContain(organization.id);
    const one = await call('GET', pathOf(id));
    expect(one.statusCode).toBe(200);
    const { job } = JSON.parse(one.body) as { job: { data: unknown; failedReason: string } };
    expect(job.data).toMatchObject({ actor: { kind: 'user' }, payload: { mail: '[hidden]' } });
    expect(job.failedReason).toContain('The log of the workers says more');
    for (const body of [list.body, one.body, (await call('GET', `${pathOf(id)}/logs`)).body]) {
      expect(body).not.toContain(CANARY);
      expect(body).not.toContain(PERSON);
    }
    expect((await call('GET', '/api/redis/stats')).statusCode).toBe(403);
  });

  it('retries and removes a failed job, which stands in the audit log of whose it is', async () => {
    const organization = await test.newOrganization();
    const reader = await (await test.newUser(organization)).login();
    const [retried, removed] = [await failedJob(organization.id), await failedJob(organization.id)];
    expect((await call('PUT', `${pathOf(retried.id)}/retry`)).statusCode).toBe(204);
    expect(await retried.isFailed()).toBe(false);
    expect((await call('PUT', `${pathOf(removed.id)}/clean`)).statusCode).toBe(204);
    expect(await queue.getJob(removed.id)).toBeNull();
    const log = await test.request(reader, 'GET', '/api/v1/audit-logs?resource_type=job');
    expect(log.body.data).toMatchObject([
      { action: 'remove_job', resource_id: removed.id, result: 'succeeded' },
      { action: 'retry_job', resource_id: retried.id, result: 'succeeded' },
    ]);
    expect(log.text).toContain(`operator ${operator.name}`);
    // Neither waits any more for being failed.
    expect((await call('PUT', `${pathOf(retried.id)}/clean`)).statusCode).toBe(409);
    expect((await call('PUT', `${pathOf(removed.id)}/retry`)).statusCode).toBe(409);
    await retried.remove();
  });

  it('removes the job of an organization that is gone', async () => {
    const job = await failedJob(randomUUID());
    expect((await call('PUT', `${pathOf(job.id)}/clean`)).statusCode).toBe(204);
  });

  it('does nothing else, and nothing for another site', async () => {
    const job = await failedJob((await test.newOrganization()).id);
    const elsewhere = { 'sec-fetch-site': 'cross-site' };
    expect((await call('PUT', `${pathOf(job.id)}/retry`, elsewhere)).statusCode).toBe(401);
    for (const [method, url] of [
      ['PUT', '/api/queues/pause'],
      ['PUT', '/api/queues/mail/pause'],
      ['PUT', '/api/queues/mail/empty'],
      ['PUT', '/api/queues/mail/obliterate'],
      ['PUT', '/api/queues/mail/clean/failed'],
      ['PUT', '/api/queues/mail/retry/failed'],
      ['PUT', '/api/queues/mail/promote'],
      ['POST', '/api/queues/mail/add'],
      ['PATCH', `${pathOf(job.id)}/update-data`],
    ] as const) {
      expect([url, (await call(method, url)).statusCode]).toEqual([url, 403]);
    }
    expect(await job.isFailed()).toBe(true);
    await job.remove();
  });

  it('is closed at sign-out, and at once when the operator is disabled or renewed', async () => {
    const { name } = operator;
    await test.get(Operators).disable(name);
    await newOperator();
    expect((await call('GET', '/api/queues')).statusCode).toBe(401);
    const renewed = await test.get(Operators).renew(name);
    expect((await call('GET', '/api/queues')).statusCode).toBe(401);
    const again = await signIn(renewed.token, await generate({ secret: renewed.secret }));
    cookie = String(again.headers['set-cookie']).split(';')[0] ?? '';
    expect((await call('GET', '/api/queues')).statusCode).toBe(200);
    expect((await call('POST', '/sign-out')).headers.location).toBe('/queue-board/sign-in');
    expect((await call('GET', '/api/queues')).statusCode).toBe(401);
  });
});
