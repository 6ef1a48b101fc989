import { EntityManager } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { AuditVerification } from '../../../src/core/audit/index.js';
import { TenantSql } from '../../../src/core/database/index.js';
import { Housekeeping } from '../../../src/modules/organizations/index.js';
import { DeletionService } from '../../../src/modules/organizations/privacy/deletion.service.js';
import { PseudonymsInterceptor } from '../../../src/modules/organizations/privacy/pseudonyms.interceptor.js';
import { TestContext } from '../../support/test-context.js';

interface Archive {
  readonly data: Readonly<Record<string, { readonly rows: readonly Record<string, unknown>[] }>>;
}

describe('personal data', () => {
  let test: TestContext;

  beforeAll(async () => {
    test = await TestContext.open();
  });

  afterAll(() => test.close());

  const due = (id: string) =>
    test.as(contextOf(id), () =>
      test.get(EntityManager).execute(
        `update deletion_requests set execute_after = now() - interval '1 second'
          where organization_id = ?`,
        [id],
      ),
    );
  const contexts = new Map<string, Awaited<ReturnType<TestContext['newOrganization']>>>();
  const newOrganization = async () => {
    const made = await test.newOrganization();
    contexts.set(made.id, made);
    return made;
  };
  const contextOf = (id: string) => {
    const found = contexts.get(id);
    if (found === undefined) throw new Error('unknown organization');
    return found.context;
  };

  it('is exported whole, without secrets, by the person and by administrators only', async () => {
    const acme = await newOrganization();
    const admin = await test.newUser(acme);
    const person = await test.newUser(acme, { role: 'viewer' });
    const own = await person.login();
    const answer = await test.request(own, 'GET', '/api/v1/auth/me/personal-data');
    expect(answer.status).toBe(200);
    const { data } = answer.body as unknown as Archive;
    expect(data.users?.rows).toEqual([
      expect.objectContaining({ id: person.id, username: person.username }),
    ]);
    expect(data.sessions?.rows).toHaveLength(1);
    expect(data.audit_logs?.rows.map((row) => row.action)).toEqual([
      'export_personal_data',
      'login',
    ]);
    expect(answer.text).not.toMatch(
      /argon2|password_hash|refresh_hash|family_hash|token_hash|salt/,
    );
    const url = `/api/v1/users/${person.id}/personal-data`;
    expect((await test.request(own, 'GET', url)).status).toBe(403);
    const token = await admin.login();
    expect((await test.request(token, 'GET', url)).status).toBe(200);
    const log = await test.request(token, 'GET', '/api/v1/audit-logs?action=export_personal_data');
    expect(log.body.data).toHaveLength(3);
  });

  it('of an account goes after the time to think it over, unless cancelled', async () => {
    const acme = await newOrganization();
    await test.newUser(acme);
    const person = await test.newUser(acme, { role: 'viewer' });
    const own = await person.login();
    const url = '/api/v1/auth/me/deletion';
    expect((await test.request(own, 'POST', url)).status).toBe(201);
    expect((await test.request(own, 'POST', url)).body.code).toBe('DELETION.ALREADY_REQUESTED');
    await test.get(DeletionService).runDue();
    expect((await test.request(own, 'DELETE', url)).status).toBe(204);
    await due(acme.id);
    await test.get(DeletionService).runDue();
    expect((await test.request(own, 'GET', url)).body).toEqual({ deletion: null });
    await test.request(own, 'POST', url);
    await due(acme.id);
    expect(await test.get(DeletionService).runDue()).toBe(1);
    expect((await test.request(own, 'GET', url)).status).toBe(401);
    const [user] = await test
      .get(TenantSql)
      .read(acme.context, 'select username, is_active from users where id = $1', [person.id]);
    expect(user).toEqual({ username: expect.stringMatching(/^anonymised-/), is_active: false });
    expect(await test.get(AuditVerification).verify(acme.context)).toMatchObject({ broken: null });
  });

  it('of an organization goes with everything, and no day earlier', async () => {
    const acme = await newOrganization();
    const token = await (await test.newUser(acme)).login();
    await test.request(token, 'POST', '/api/v1/environments', { name: 'x', provider: 'aws' });
    const url = `/api/v1/organizations/${acme.id}/deletion`;
    expect((await test.request(token, 'POST', url)).status).toBe(201);
    const system = new pg.Client({
      host: test.config.get('DB_HOST'),
      port: test.config.get('DB_PORT'),
      database: test.config.get('DB_NAME'),
      user: test.config.get('DB_SYSTEM_USER'),
      password: test.config.get('DB_SYSTEM_PASSWORD'),
    });
    await system.connect();
    const early = await system.query('delete from organizations where id = $1', [acme.id]);
    const all = await system.query('delete from organizations');
    await system.end();
    expect([early.rowCount, all.rowCount]).toEqual([0, 0]);
    await due(acme.id);
    expect(await test.get(DeletionService).runDue()).toBe(1);
    expect((await test.request(token, 'GET', '/api/v1/auth/me')).status).toBe(401);
    for (const table of ['organizations', 'users', 'audit_logs', 'audit_details', 'environments']) {
      const rows = await test.get(TenantSql).read(acme.context, `select 1 from ${table}`);
      expect([table, rows]).toEqual([table, []]);
    }
  });

  it('is kept as long as the policy says', async () => {
    const acme = await newOrganization();
    const token = await (await test.newUser(acme)).login();
    const url = `/api/v1/organizations/${acme.id}/retention`;
    const policy = { scans: 1, resolved_drifts: 1, audit: 90, sessions: 1, mails: 1, outbox: 1 };
    expect((await test.request(token, 'PUT', url, policy)).body).toEqual(policy);
    expect((await test.request(token, 'PUT', url, { ...policy, audit: 1 })).status).toBe(400);
    await test.as(acme.context, () =>
      test.get(EntityManager).execute(
        `insert into account_links (organization_id, id, kind, email, expires_at)
         values (?, gen_random_uuid(), 'invitation', 'a@b.example', now() - interval '3 days'),
                (?, gen_random_uuid(), 'invitation', 'c@b.example', now() + interval '3 days')`,
        [acme.id, acme.id],
      ),
    );
    const run = async (dryRun: boolean) =>
      (await test.get(Housekeeping).runRetention(dryRun, acme.slug))[0]?.counts;
    const expected = { scans: 0, resolved_drifts: 0, audit: 0, sessions: 0, mails: 1, outbox: 0 };
    expect(await run(true)).toEqual(expected);
    expect(await run(false)).toEqual(expected);
    expect(await run(false)).toEqual({ ...expected, mails: 0 });
    const removals = await test.request(token, 'GET', '/api/v1/audit-logs?action=remove_old_data');
    expect(removals.body.data).toHaveLength(1);
  });

  it('names people by pseudonyms to who need not know them', async () => {
    const acme = await newOrganization();
    const viewer = await test.newUser(acme, { role: 'viewer' });
    const pseudonyms = new PseudonymsInterceptor(test.config);
    const answer = {
      data: [
        { attribution: { actor: 'arn:aws:iam::1:user/ada.lovelace', client: 'cli' } },
        { attribution: { actor: 'arn:aws:iam::1:user/ada.lovelace', client: 'console' } },
        { attribution: { actor: 'deployment-controller', client: 'controller' } },
        { username: viewer.username, at: new Date(0) },
      ],
    };
    const told = pseudonyms.pseudonymise(viewer.context, answer) as typeof answer;
    const [first, second, third, fourth] = told.data;
    expect(first?.attribution?.actor).toMatch(/^person-[0-9a-f]{8}$/);
    expect(second?.attribution?.actor).toBe(first?.attribution?.actor);
    expect(third).toEqual(answer.data[2]);
    expect(fourth).toEqual(answer.data[3]);
    expect(JSON.stringify(told)).not.toContain('lovelace');
  });
});
