import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestOrganization } from '../../factories/organization.factory.js';
import type { TestUser } from '../../factories/user.factory.js';
import { TestContext } from '../../support/test-context.js';

interface Line {
  readonly action: string;
  readonly result: string;
  readonly code: string | null;
  readonly username: string;
  readonly ip: string | null;
  readonly resource_id: string | null;
  readonly old_values: Record<string, unknown> | null;
  readonly new_values: Record<string, unknown> | null;
}

const LOGS = '/api/v1/audit-logs';

describe('the audit log over HTTP', () => {
  let test: TestContext;
  let acme: TestOrganization;
  let admin: TestUser;
  let token: string;

  beforeAll(async () => {
    test = await TestContext.open();
    acme = await test.newOrganization();
    admin = await test.newUser(acme);
    token = await admin.login();
  });

  afterAll(() => test.close());

  const search = async (query: string): Promise<Line[]> => {
    const answer = await test.request(token, 'GET', `${LOGS}?${query}`);
    expect(answer.status).toBe(200);
    return answer.body.data as Line[];
  };

  it('has who changed what from where, before and after, with secrets masked', async () => {
    const user = await test.newUser(acme, { role: 'viewer', email: 'old@acme.example' });
    const body = { email: 'new@acme.example', role: 'editor', is_active: true };
    const changed = await test.request(token, 'PUT', `/api/v1/users/${user.id}`, body);
    expect(changed.status).toBe(200);
    const [line] = await search(`resource_id=${user.id}&action=update_user`);
    expect(line).toMatchObject({
      username: admin.username,
      result: 'succeeded',
      code: null,
      ip: '127.0.0.1',
      old_values: { email: 'old@acme.example', role: 'viewer' },
      new_values: body,
    });
    const [login] = await search(`action=login&user_id=${admin.id}`);
    expect(login).toMatchObject({ result: 'succeeded' });
  });

  it('has what was refused: by role, by rule, by its form, and wrong passwords', async () => {
    const viewer = await test.newUser(acme, { role: 'viewer' });
    const viewerToken = await viewer.login();
    const environment = { name: 'x', provider: 'aws' };
    await test.request(viewerToken, 'POST', '/api/v1/environments', environment);
    await test.request(viewerToken, 'GET', '/api/v1/users');
    await test.request(token, 'POST', '/api/v1/environments', { name: 4 });
    const refusals = await search('result=refused');
    expect(refusals.map((one) => [one.action, one.code, one.username])).toEqual([
      ['create_environment', 'REQUEST.INVALID', admin.username],
      ['list_users', 'AUTH.FORBIDDEN', viewer.username],
      ['create_environment', 'AUTH.FORBIDDEN', viewer.username],
    ]);
    const wrong = { organization: acme.slug, username: viewer.username, password: 'not the one' };
    await test.request(null, 'POST', '/api/v1/auth/login', wrong);
    let failed: Line[] = [];
    for (let tries = 0; tries < 100 && failed.length === 0; tries++) {
      failed = await search('action=login&result=refused');
    }
    expect(failed[0]).toMatchObject({
      code: 'AUTH.INVALID_CREDENTIALS',
      username: viewer.username,
    });
    expect(JSON.stringify(failed)).not.toContain('not the one');
  });

  it('has who read personal data, and who read the log', async () => {
    await test.request(token, 'GET', `/api/v1/users/${admin.id}`);
    const [read] = await search('action=read_user');
    expect(read).toMatchObject({ resource_id: admin.id, username: admin.username });
    const [readLog] = await search('action=read_audit_log');
    expect(readLog?.new_values).toMatchObject({ action: 'read_user' });
  });

  it('is paged by keyset and shows every entry once', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    const to = new Date().toISOString();
    do {
      const next: string = cursor === null ? '' : `&cursor=${cursor}`;
      const page = await test.request(token, 'GET', `${LOGS}?page_size=2&to=${to}${next}`);
      seen.push(...(page.body.data as { sequence: string }[]).map((one) => one.sequence));
      cursor = (page.body.pagination as { next_cursor: string | null }).next_cursor;
    } while (cursor !== null);
    const numbers = seen.map(Number);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers).toEqual(numbers.toSorted((one, other) => other - one));
    expect(numbers.at(-1)).toBe(1);
  });

  it('is exported as NDJSON and CSV, which is recorded itself', async () => {
    const exported = await test.app.inject({
      url: `${LOGS}/export`,
      headers: { authorization: `Bearer ${token}` },
    });
    const lines = exported.body.trim().split('\n');
    expect(
      lines.map((line) => JSON.parse(line) as Line).some((one) => one.action === 'login'),
    ).toBe(true);
    const csv = await test.request(token, 'GET', `${LOGS}/export?format=csv&action=login`);
    expect(csv.headers['content-type']).toContain('text/csv');
    expect(csv.text.split('\r\n')[0]).toMatch(/^sequence,created_at,/);
    expect(await search('action=export_audit_log')).toHaveLength(2);
  });

  it('says that it is whole', async () => {
    const answer = await test.request(token, 'GET', `${LOGS}/verification`);
    expect(answer.body).toMatchObject({ is_whole: true, broken: null });
  });

  it('is for administrators, each of their own organization', async () => {
    const editor = await (await test.newUser(acme, { role: 'editor' })).login();
    expect((await test.request(editor, 'GET', LOGS)).status).toBe(403);
    const other = await test.newOrganization();
    const otherToken = await (await test.newUser(other)).login();
    const answer = await test.request(otherToken, 'GET', LOGS);
    expect((answer.body.data as Line[]).map((one) => one.action)).toEqual(['login']);
  });
});
