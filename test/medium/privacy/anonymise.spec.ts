import { randomUUIDv7 } from 'node:crypto';
import { EntityManager } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { AuditTrail, AuditVerification } from '../../../src/core/audit/index.js';
import { TenantSql } from '../../../src/core/database/index.js';
import { Logger } from '../../../src/core/logging/index.js';
import { JobQueue } from '../../../src/core/queue/index.js';
import { BullJobQueue } from '../../../src/core/queue/bull-job-queue.js';
import { Environment } from '../../../src/modules/environments/index.js';
import {
  sendAccountMailJob,
  type SendAccountMailPayload,
} from '../../../src/modules/organizations/mail/send-account-mail.job.js';
import type { TestOrganization } from '../../factories/organization.factory.js';
import type { TestUser } from '../../factories/user.factory.js';
import { TestContext } from '../../support/test-context.js';

const NAME = 'zebulon-planted';
const EMAIL = 'Zebulon.P+x@planted.example';

describe('anonymising a person', () => {
  let test: TestContext;
  let owner: pg.Client;
  let acme: TestOrganization;
  let person: TestUser;
  let token: string;
  const logged: string[] = [];

  beforeAll(async () => {
    test = await TestContext.open({ DB_NAME: `driftguard_privacy_${process.pid}` });
    const logger = test.get(Logger);
    jest.spyOn(logger, 'write').mockImplementation((...line) => {
      logged.push(
        JSON.stringify(line, (_, value: unknown) =>
          value instanceof Error
            ? { message: value.message, stack: value.stack, cause: value.cause }
            : value,
        ),
      );
    });
    owner = new pg.Client({
      host: test.config.get('DB_HOST'),
      port: test.config.get('DB_PORT'),
      database: test.config.get('DB_NAME'),
      user: test.config.get('DB_OWNER_USER'),
      password: test.config.get('DB_OWNER_PASSWORD'),
    });
    await owner.connect();
    acme = await test.newOrganization();
    token = await (await test.newUser(acme)).login();
    person = await test.newUser(acme, { username: NAME, email: EMAIL });
  });

  afterAll(async () => {
    await owner.end();
    await test.get(BullJobQueue).bullQueue(sendAccountMailJob.queue).obliterate({ force: true });
    await test.close();
  });

  /** Every text, JSON and address column of every table, as nobody but the owner can look. */
  const whereNamed = async (): Promise<string[]> => {
    const { rows: columns } = await owner.query<{ table: string; column: string }>(
      `select c.relname as table, a.attname as column from pg_attribute a
       join pg_class c on c.oid = a.attrelid
       where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0
         and not a.attisdropped`,
    );
    const found: string[] = [];
    for (const { table, column } of columns) {
      const { rows } = await owner.query(
        `select 1 from "${table}" where "${column}"::text ilike any($1) limit 1`,
        [[`%zebulon%`, '%planted.example%']],
      );
      if (rows.length > 0) found.push(`${table}.${column}`);
    }
    return found;
  };

  it('leaves no name anywhere, and the chain whole', async () => {
    const own = await person.login();
    const as = (path: string, method: 'POST' | 'PUT' | 'GET', body?: object) =>
      test.request(own, method, `/api/v1/${path}`, body);
    const made = await as('environments', 'POST', {
      name: `of ${NAME}`,
      provider: 'kubernetes',
      description: `Ask ${EMAIL} or ${NAME.toUpperCase()}`,
    });
    const environmentId = String(made.body.id);
    await as('ignore-rules', 'POST', { name: `${NAME}'s`, reason: `by ${EMAIL}`, paths: ['tags'] });
    await as('auth/me/consents', 'POST', { purpose: 'mails', version: '1', is_given: true });
    await as('processing-records', 'POST', {
      name: NAME,
      purpose: EMAIL,
      legal_basis: 'x',
      data_categories: 'x',
      recipients: NAME,
      retention: 'x',
    });
    await as(`organizations/${acme.id}`, 'PUT', {
      name: 'A',
      description: NAME,
      contact_email: EMAIL,
    });
    // Refused, so that it also stands in the log of errors.
    await test.request(token, 'POST', '/api/v1/users', {
      username: NAME,
      email: EMAIL,
      role: 'viewer',
    });
    await test.request(null, 'POST', '/api/v1/auth/login', {
      organization: acme.slug,
      username: EMAIL,
      password: 'the wrong one',
    });
    await plantDrift(environmentId);
    const mail: SendAccountMailPayload = { mail: 'password_changed', id: person.id };
    await test.as(person.context, async () => {
      await test.get(AuditTrail).begin(person.context, {
        action: 'x',
        resource_type: 'user',
        new_values: { note: NAME },
      });
      await test.get(JobQueue).enqueue(person.context, sendAccountMailJob, mail);
    });
    await test.as(acme.context, async () => {
      await test.get(EntityManager).execute(
        `insert into account_links (organization_id, id, kind, email, expires_at)
         values (?, ?, 'invitation', ?, now())`,
        [acme.id, randomUUIDv7(), EMAIL],
      );
    });
    expect((await whereNamed()).length).toBeGreaterThan(12);

    const done = await test.request(token, 'POST', `/api/v1/users/${person.id}/anonymise`);
    expect(done.status).toBe(200);
    expect(done.body.counts).toMatchObject({ users: 1, sessions: 1, environments: 1, jobs: 1 });

    expect(await whereNamed()).toEqual([]);
    expect(await test.get(AuditVerification).verify(acme.context)).toMatchObject({ broken: null });
    const exported = await test.app.inject({
      url: '/api/v1/audit-logs/export',
      headers: { authorization: `Bearer ${token}` },
    });
    const archive = await test.request(token, 'GET', `/api/v1/users/${person.id}/personal-data`);
    const jobs = await test
      .get(BullJobQueue)
      .bullQueue(sendAccountMailJob.queue)
      .getJobs(['waiting']);
    const everything = [exported.body, archive.text, JSON.stringify(jobs), ...logged].join('\n');
    expect(everything).toContain(String(done.body.pseudonym));
    expect(/.{40}(zebulon|planted\.example).{40}/i.exec(everything)).toBeNull();

    expect((await as('auth/me', 'GET')).status).toBe(401);
    const again = { organization: acme.slug, username: NAME, password: person.password };
    expect((await test.request(null, 'POST', '/api/v1/auth/login', again)).status).toBe(401);
  });

  it('is no cover for changing the log', async () => {
    const details = await owner.query<{ id: string }>(
      'select id from audit_details where organization_id = $1 limit 1',
      [acme.id],
    );
    await test.get(TenantSql).write(
      acme.context,
      `update audit_details set content = replace(content, '{"actor":"', '{"actor":"x')
       where organization_id = $1 and id = $2`,
      [acme.id, details.rows[0]?.id],
    );
    const { broken } = await test.get(AuditVerification).verify(acme.context);
    expect(broken?.reason).toBe('details changed');
  });

  it('keeps the last administrator and touches nobody of another organization', async () => {
    const other = await test.newOrganization();
    const admin = await test.newUser(other);
    const refused = await test.request(
      await admin.login(),
      'POST',
      `/api/v1/users/${admin.id}/anonymise`,
    );
    expect([refused.status, refused.body.code]).toEqual([409, 'USER.LAST_ADMINISTRATOR']);
    const foreign = await test.request(token, 'POST', `/api/v1/users/${admin.id}/anonymise`);
    expect(foreign.status).toBe(404);
  });

  async function plantDrift(environmentId: string): Promise<void> {
    const scan = randomUUIDv7();
    const attribution = {
      source: 'aws-cloudtrail',
      actor: `arn:aws:iam::1:user/${NAME}`,
      client: 'cli',
    };
    await test.as(person.context, async () => {
      const em = test.get(EntityManager);
      await em.findOneOrFail(Environment, { id: environmentId });
      await em.execute(
        `insert into drift_events (organization_id, id, environment_id, fingerprint, drift_type, status,
           verdict, provider, resource_type, differences_hash, detected_at, first_seen_at, last_seen_at,
           first_scan_id, last_scan_id, resolved_by, resolution_comment, attribution, tags)
         values (?, ?, ?, 'f', 'modified', 'resolved', 'confirmed', 'aws', 'x', 'h', now(), now(), now(),
           ?, ?, ?, ?, (?::text)::jsonb, (?::text)::jsonb)`,
        [
          acme.id,
          randomUUIDv7(),
          environmentId,
          scan,
          scan,
          person.id,
          `${NAME} says so`,
          JSON.stringify(attribution),
          JSON.stringify({ owner: EMAIL }),
        ],
      );
    });
  }
});
