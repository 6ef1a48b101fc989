import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { UsersService } from '../../../src/modules/organizations/users.service.js';
import type { TestOrganization } from '../../factories/organization.factory.js';
import type { TestUser } from '../../factories/user.factory.js';
import { TestContext } from '../../support/test-context.js';

interface Person {
  readonly id: string;
  readonly username: string;
}

describe('users of an organization', () => {
  let test: TestContext;
  let acme: TestOrganization;
  let adminId: string;
  let token: string;

  beforeAll(async () => {
    test = await TestContext.open();
    acme = await test.newOrganization();
    const admin = await test.newUser(acme, { username: 'first-admin' });
    adminId = admin.id;
    token = await admin.login();
  });

  afterAll(() => test.close());

  const create = (username: string, role = 'viewer') =>
    test.request(token, 'POST', '/api/v1/users/', {
      username,
      email: `${username}@example.com`,
      role,
    });

  it('are created with a password that opens only its own change', async () => {
    const created = await create('grace', 'editor');
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ username: 'grace', must_change_password: true });
    const login = await test.request(null, 'POST', '/api/v1/auth/login', {
      organization: acme.slug,
      username: 'grace',
      password: created.body.initial_password,
    });
    expect(login.body.must_change_password).toBe(true);
    const read = await test.request(token, 'GET', `/api/v1/users/${String(created.body.id)}/`);
    expect(read.text).not.toMatch(/password_hash|argon2|initial_password/);
  });

  it('have a name of their own', async () => {
    await create('twice');
    const again = await create('twice');
    expect([again.status, again.body.code]).toEqual([409, 'USER.USERNAME_TAKEN']);
  });

  it('are listed page by page, each exactly once', async () => {
    for (const name of ['p1', 'p2', 'p3', 'p4', 'p5']) await create(name);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${cursor}`;
      const page = await test.request(token, 'GET', `/api/v1/users?page_size=2${query}`);
      expect(page.status).toBe(200);
      const data = page.body.data as Person[];
      const pagination = page.body.pagination as { next_cursor: string | null; has_more: boolean };
      expect(pagination.has_more).toBe(pagination.next_cursor !== null);
      seen.push(...data.map((person) => person.username));
      cursor = pagination.next_cursor;
    } while (cursor !== null);
    expect(seen).toEqual([...new Set(seen)]);
    expect(seen.slice(-5)).toEqual(['p1', 'p2', 'p3', 'p4', 'p5']);
    expect(seen[0]).toBe('first-admin');
  });

  it('refuse page sizes and cursors that are not theirs', async () => {
    for (const query of ['page_size=0', 'page_size=201', 'page_size=x', 'nonsense=1']) {
      const answer = await test.request(token, 'GET', `/api/v1/users?${query}`);
      expect([answer.status, answer.body.code]).toEqual([400, 'REQUEST.INVALID']);
    }
    const forged = await test.request(token, 'GET', '/api/v1/users?cursor=WyJ4Il0');
    expect([forged.status, forged.body.code]).toEqual([400, 'REQUEST.CURSOR_INVALID']);
  });

  it('always keep an administrator', async () => {
    const demoted = { email: 'a@example.com', role: 'viewer', is_active: true };
    const alone = await test.request(token, 'PUT', `/api/v1/users/${adminId}`, demoted);
    expect([alone.status, alone.body.code]).toEqual([409, 'USER.LAST_ADMINISTRATOR']);
  });

  it('keep one even when two administrators dismiss each other at once', async () => {
    const org = await test.newOrganization();
    const [one, two] = [await test.newUser(org), await test.newUser(org)];
    const dismissal = { email: 'a@example.com', role: 'viewer', is_active: true } as const;
    const users = test.get(UsersService);
    const dismiss = (who: TestUser, whom: TestUser) =>
      test.as(who.context, () => users.updateUser(who.context, whom.id, dismissal));
    const outcomes = await Promise.allSettled([dismiss(one, two), dismiss(two, one)]);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toEqual([
      expect.objectContaining({
        reason: expect.objectContaining({ code: 'USER.LAST_ADMINISTRATOR' }),
      }),
    ]);
  });

  it('are for administrators only', async () => {
    const editor = await (await test.newUser(acme, { role: 'editor' })).login();
    for (const [method, url] of [
      ['GET', '/api/v1/users'],
      ['POST', '/api/v1/users'],
      ['PUT', `/api/v1/users/${adminId}`],
      ['PUT', `/api/v1/organizations/${acme.id}`],
      ['GET', `/api/v1/organizations/${acme.id}/settings`],
    ] as const) {
      const answer = await test.request(editor, method, url, method === 'GET' ? undefined : {});
      expect([answer.status, answer.body.code]).toEqual([403, 'AUTH.FORBIDDEN']);
    }
  });
});
