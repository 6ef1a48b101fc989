import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TenantSql } from '../../../src/core/database/index.js';
import { IdempotencyKeys } from '../../../src/core/http/idempotency/index.js';
import type { TestOrganization } from '../../factories/organization.factory.js';
import type { TestUser } from '../../factories/user.factory.js';
import { TestContext } from '../../support/test-context.js';

describe('Idempotency-Key', () => {
  let test: TestContext;
  let organization: TestOrganization;
  let user: TestUser;
  let token: string;

  beforeAll(async () => {
    test = await TestContext.open();
    organization = await test.newOrganization();
    user = await test.newUser(organization);
    token = await user.login();
  });

  afterAll(() => test.close());

  async function post(key: string, payload: object, as = token, url = '/api/v1/environments') {
    const headers = { authorization: `Bearer ${as}`, 'idempotency-key': key };
    const answer = await test.app.inject({ method: 'POST', url, headers, payload });
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: answer.body === '' ? {} : answer.json<Record<string, unknown>>(),
    };
  }

  const environment = (name: string) => ({ name, provider: 'kubernetes' });

  it('answers what was done before again, and does it once', async () => {
    const key = randomUUID();
    const first = await post(key, environment('once'));
    const second = await post(key, environment('once'));
    expect(first.status).toBe(201);
    expect(first.headers).not.toHaveProperty('idempotency-replayed');
    expect(second).toMatchObject({ status: 201, body: first.body });
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect(second.headers.location).toBe(first.headers.location);
    expect((await post(randomUUID(), environment('once'))).status).toBe(409);
  });

  it('refuses another request under the same key', async () => {
    const key = randomUUID();
    await post(key, environment('this'));
    const other = await post(key, environment('that'));
    expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY.KEY_REUSED']);
  });

  it('does a request once when it comes several times at once', async () => {
    const key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => post(key, environment('together'))),
    );
    const done = answers.filter(({ status }) => status === 201);
    expect(new Set(done.map(({ body }) => body.id)).size).toBe(1);
    const rest = answers.filter(({ status }) => status !== 201);
    expect(rest.every(({ body }) => body.code === 'IDEMPOTENCY.IN_FLIGHT')).toBe(true);
  });

  it('says that the first is still on its way', async () => {
    const [keys, key] = [test.get(IdempotencyKeys), randomUUID()];
    const keyed = { key, hash: Buffer.from('x') };
    expect(await keys.claim(user.context, keyed)).toMatchObject({ is: 'new' });
    expect(await keys.claim(user.context, keyed)).toEqual({ is: 'inFlight' });
    const answer = await post(key, environment('late'));
    expect(answer.status).toBe(422);
  });

  it('forgets a refusal, so that the corrected request may take the key', async () => {
    const key = randomUUID();
    expect((await post(key, { name: '', provider: 'kubernetes' })).status).toBe(400);
    expect((await post(key, environment('corrected'))).status).toBe(201);
  });

  it('knows callers and organizations apart', async () => {
    const key = randomUUID();
    await post(key, environment('mine'));
    const colleague = await (await test.newUser(organization)).login();
    expect((await post(key, environment('theirs'), colleague)).status).toBe(201);
    const stranger = await (await test.newUser(await test.newOrganization())).login();
    const answer = await post(key, environment('mine'), stranger);
    expect(answer.status).toBe(201);
    expect(answer.headers).not.toHaveProperty('idempotency-replayed');
  });

  it('begins anew after a day', async () => {
    const key = randomUUID();
    await post(key, environment('old'));
    await test.get(TenantSql).write(
      user.context,
      `update idempotency_keys set expires_at = now() - interval '1 second'
       where organization_id = $1 and key = $2`,
      [organization.id, key],
    );
    expect((await post(key, environment('new'))).status).toBe(201);
  });

  it('keeps answers sealed: a password shown once rests nowhere', async () => {
    const key = randomUUID();
    const account = { username: 'sealed', email: 'sealed@acme.example', role: 'viewer' };
    const made = await post(key, account, token, '/api/v1/users');
    expect(made.status).toBe(201);
    const [row] = await test
      .get(TenantSql)
      .read<{ answer: Buffer }>(
        user.context,
        'select answer from idempotency_keys where organization_id = $1 and key = $2',
        [organization.id, key],
      );
    expect(row?.answer.length).toBeGreaterThan(0);
    expect(row?.answer.toString('latin1')).not.toContain('sealed@acme');
    expect((await post(key, account, token, '/api/v1/users')).body).toEqual(made.body);
  });

  it.each(['', 'two words', 'x'.repeat(256)])('refuses the key %j', async (key) => {
    const answer = await post(key, environment('bad'));
    expect([answer.status, answer.body.code]).toEqual([400, 'IDEMPOTENCY.KEY_INVALID']);
  });
});
