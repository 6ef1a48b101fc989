import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Operators } from '../../../src/core/auth/index.js';
import { ActiveOrganizations } from '../../../src/core/queue/index.js';
import { newEnvironment } from '../../factories/environment.factory.js';
import { TestContext } from '../../support/test-context.js';

const LIST = '/api/v1/platform/organizations';
const STATUS = `${LIST}/status`;

describe('the operator of the installation', () => {
  const name = `grace-${process.pid}`;
  let test: TestContext;
  let TOKEN: string;

  beforeAll(async () => {
    test = await TestContext.open({ QUEUE_PREFIX: `operators-${process.pid}` });
    TOKEN = (await test.get(Operators).create(name)).token;
  });

  afterAll(() => test.close());

  const setActive = (organization: string, is_active: boolean, token: string | null = TOKEN) =>
    test.request(token, 'PUT', STATUS, { organization, is_active });

  it('lists organizations page by page, and sees nothing else of them', async () => {
    const made = [await test.newOrganization(), await test.newOrganization()];
    const seen: Record<string, unknown>[] = [];
    let cursor = '';
    do {
      const { status, body } = await test.request(TOKEN, 'GET', `${LIST}?page_size=200${cursor}`);
      expect(status).toBe(200);
      seen.push(...(body.data as Record<string, unknown>[]));
      const { next_cursor } = body.pagination as { next_cursor: string | null };
      cursor = next_cursor === null ? '' : `&cursor=${encodeURIComponent(next_cursor)}`;
    } while (cursor !== '');
    for (const { slug } of made) {
      const found = seen.filter((one) => one.slug === slug);
      expect(found).toHaveLength(1);
      expect(Object.keys(found[0] ?? {}).sort()).toEqual(
        ['created_at', 'id', 'is_active', 'name', 'slug'].sort(),
      );
    }
  });

  it('ends logins, sessions, scans and jobs of an organization, and lets it come back', async () => {
    const organization = await test.newOrganization();
    const user = await test.newUser(organization);
    const token = await user.login();
    const environment = await newEnvironment(test, organization);
    const scans = `/api/v1/environments/${environment.id}/scans`;

    expect((await setActive(organization.slug, false)).body).toMatchObject({ is_active: false });
    expect((await setActive(organization.slug, false)).status).toBe(200);
    expect((await test.request(token, 'GET', '/api/v1/auth/me')).status).toBe(401);
    expect((await test.request(token, 'POST', scans)).status).toBe(401);
    await expect(user.login()).rejects.toThrow('AUTH.INVALID_CREDENTIALS');
    const organizations = test.get(ActiveOrganizations);
    expect(await organizations.isActive(organization.id)).toBe(false);

    expect((await setActive(organization.slug, true)).body).toMatchObject({ is_active: true });
    const again = await user.login();
    expect((await test.request(again, 'POST', scans)).status).toBe(202);
    const { text } = await test.request(again, 'GET', '/api/v1/audit-logs?page_size=50');
    expect(text).toContain('deactivate_organization');
    expect(text).toContain('reactivate_organization');
    expect(text).toContain(`operator ${name}`);
  });

  it('is told when there is no such organization', async () => {
    const answer = await setActive('nobody-has-this', false);
    expect(answer.body).toMatchObject({ status: 404, code: 'ORGANIZATION.NOT_FOUND' });
  });

  it('is nobody’s user: tokens of tenants open nothing here, and this one nothing there', async () => {
    const organization = await test.newOrganization();
    const admin = await (await test.newUser(organization)).login();
    const hash = createHash('sha256').update(TOKEN).digest('hex');
    for (const token of [null, admin, hash, TOKEN.slice(1), `${TOKEN}0`]) {
      expect((await test.request(token, 'GET', LIST)).body.code).toBe('AUTH.REQUIRED');
      expect((await setActive(organization.slug, false, token)).body.code).toBe('AUTH.REQUIRED');
    }
    expect((await test.request(TOKEN, 'GET', '/api/v1/auth/me')).status).toBe(401);
    expect((await test.request(TOKEN, 'GET', '/api/v1/users')).status).toBe(401);
  });

  it('opens nothing any more once disabled, and nothing with the old token once renewed', async () => {
    const operators = test.get(Operators);
    const other = `ada-${process.pid}`;
    const { token } = await operators.create(other);
    expect((await test.request(token, 'GET', LIST)).status).toBe(200);
    await operators.disable(other);
    expect((await test.request(token, 'GET', LIST)).body.code).toBe('AUTH.REQUIRED');
    const renewed = await operators.renew(other);
    expect((await test.request(renewed.token, 'GET', LIST)).status).toBe(200);
    expect((await test.request(token, 'GET', LIST)).body.code).toBe('AUTH.REQUIRED');
  });

  it('is not guessed: an address is slowed down', async () => {
    const answers = [];
    for (let attempt = 0; attempt < 25; attempt += 1) {
      answers.push((await test.request('wrong', 'GET', LIST)).body.code);
    }
    expect(answers.at(-1)).toBe('AUTH.TOO_MANY_ATTEMPTS');
  });
});

describe('the settings of an organization', () => {
  let test: TestContext;

  beforeAll(async () => {
    test = await TestContext.open({ QUEUE_PREFIX: `settings-${process.pid}` });
  });

  afterAll(() => test.close());

  it('switch drift detection off and on: no scan begins meanwhile', async () => {
    const organization = await test.newOrganization({ drift_detection_enabled: false });
    const token = await (await test.newUser(organization)).login();
    const environment = await newEnvironment(test, organization);
    const scans = `/api/v1/environments/${environment.id}/scans`;
    const refused = await test.request(token, 'POST', scans);
    expect(refused.body).toMatchObject({ status: 409, code: 'SCAN.DETECTION_DISABLED' });
    const path = `/api/v1/organizations/${organization.id}/settings`;
    const { organization: _id, ...settings } = (await test.request(token, 'GET', path)).body;
    await test.request(token, 'PUT', path, { ...settings, drift_detection_enabled: true });
    expect((await test.request(token, 'POST', scans)).status).toBe(202);
  });
});
