import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { AuditRetention, AuditVerification } from '../../../src/core/audit/index.js';
import { SystemSql, TenantSql } from '../../../src/core/database/index.js';
import { Housekeeping } from '../../../src/modules/organizations/index.js';
import type { TestOrganization } from '../../factories/organization.factory.js';
import { TestContext } from '../../support/test-context.js';

/** Long over, and no other test has entries in it. */
const MONTH = '2019_05';
const OLD = '2019-05-10T00:00:00Z';

describe('the months of the audit log', () => {
  let test: TestContext;
  let owner: pg.Client;
  let organization: TestOrganization;

  beforeAll(async () => {
    test = await TestContext.open();
    owner = new pg.Client({
      host: test.config.get('DB_HOST'),
      port: test.config.get('DB_PORT'),
      database: test.config.get('DB_NAME'),
      user: test.config.get('DB_OWNER_USER'),
      password: test.config.get('DB_OWNER_PASSWORD'),
    });
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await test.close();
  });
  beforeEach(async () => {
    organization = await test.newOrganization();
    for (const table of ['audit_logs', 'audit_details']) {
      await owner.query(`create table if not exists ${table}_${MONTH} partition of ${table}
        for values from (audit_month_start('2019-05-01T00:00:00Z')) to (audit_month_start('2019-06-01T00:00:00Z'))`);
    }
  });

  const months = async (): Promise<string[]> => {
    const { rows } = await owner.query<{ name: string }>(
      `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'audit_logs'::regclass`,
    );
    return rows.map(({ name }) => name);
  };
  /** As the application writes them, but for the clock: the key and the moment are of long ago. */
  const writeOld = (context: TestOrganization['context'], createdAt: string) =>
    test.get(TenantSql).transaction(context, async (client) => {
      const { rows } = await client.query<{ id: string }>(
        `insert into audit_details (organization_id, id, salt, content)
         select $1, (left((audit_month_start('${OLD}'))::text, 14) || '7' || substr(gen_random_uuid()::text, 16))::uuid,
           repeat('0', 64), '{}' returning id`,
        [context.organizationId],
      );
      await client.query(
        `insert into audit_logs (organization_id, id, actor_kind, action, resource_type, result, correlation_id,
           details_digest, created_at)
         values ($1, $2, 'system', 'do_something', 'user', 'succeeded', 'x',
           encode(sha256(convert_to(repeat('0', 64) || ':{}', 'UTF8')), 'hex'), $3)`,
        [context.organizationId, rows[0]?.id, createdAt],
      );
    });
  const verify = () => test.get(AuditVerification).verify(organization.context);

  it('are dropped as a whole when nobody keeps an entry of theirs', async () => {
    for (let entry = 0; entry < 3; entry++) await writeOld(organization.context, OLD);
    expect(await verify()).toMatchObject({ entries: 3, broken: null });
    const reports = await test.get(Housekeeping).runRetention(false, organization.slug);
    expect(reports).toMatchObject([{ counts: { audit: 3 } }]);
    expect(await months()).not.toContain(`audit_logs_${MONTH}`);
    expect(await verify()).toMatchObject({ entries: 1, removedUpTo: '3', broken: null });
    const left = await owner.query(
      "select 1 from audit_details where id < audit_month_start('2019-06-01T00:00:00Z')",
    );
    expect(left.rows).toEqual([]);
  });

  it('stay while one organization keeps an entry, and lose the entries of the others', async () => {
    const careful = await test.newOrganization();
    await writeOld(organization.context, OLD);
    await writeOld(careful.context, new Date().toISOString());
    const retention = test.get(Housekeeping);
    await retention.runRetention(false, organization.slug);
    await retention.runRetention(false, careful.slug);
    expect(await months()).toContain(`audit_logs_${MONTH}`);
    expect(await verify()).toMatchObject({ removedUpTo: '1', broken: null });
    expect(await test.get(AuditVerification).verify(careful.context)).toMatchObject({
      entries: 1,
      removedUpTo: '0',
      broken: null,
    });
  });

  it('are there before their first entry, and nobody reaches them past the log', async () => {
    await test.get(AuditRetention).prepareMonths();
    const coming = new Date(Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth() + 2));
    const name = `audit_logs_${coming.toISOString().slice(0, 7).replace('-', '_')}`;
    expect(await months()).toContain(name);
    const system = test.get(SystemSql);
    await expect(system.query(`select id from ${name}`)).rejects.toThrow('permission denied');
    await expect(system.query(`drop table ${name}`)).rejects.toThrow('must be owner');
    await expect(
      test.get(TenantSql).read(organization.context, `select id from ${name}`),
    ).rejects.toThrow('permission denied');
    await expect(
      test.get(TenantSql).read(organization.context, 'select drop_past_audit_months()'),
    ).rejects.toThrow('permission denied');
  });
});
