import { EntityManager } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import {
  AuditReader,
  type AuditRecord,
  AuditRetention,
  AuditTrail,
  AuditVerification,
  LostCalls,
} from '../../../src/core/audit/index.js';
import { createTenantContext } from '../../../src/core/context/index.js';
import { TenantSql } from '../../../src/core/database/index.js';
import type { TestOrganization } from '../../factories/organization.factory.js';
import { TestContext } from '../../support/test-context.js';

const ENTRY = { action: 'do_something', resource_type: 'user', resource_id: 'x' } as const;

describe('the audit chain', () => {
  let test: TestContext;
  let owner: pg.Client;

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

  const record = (organization: TestOrganization, count: number) =>
    Promise.all(
      Array.from({ length: count }, (_, index) =>
        test.as(organization.context, () =>
          test.get(AuditTrail).record(organization.context, {
            ...ENTRY,
            new_values: { index, text: 'ü "quoted" \n line \u0000 end' },
          }),
        ),
      ),
    );
  const verify = (organization: TestOrganization) =>
    test.get(AuditVerification).verify(organization.context);
  const entries = (organization: TestOrganization): Promise<AuditRecord[]> =>
    test.get(AuditReader).list(organization.context, {}, null, 1000);
  /** As somebody with all rights would: past grants, policies and triggers. */
  const tamper = async (sql: string, values: unknown[]) => {
    await owner.query('begin');
    await owner.query("set local session_replication_role = 'replica'");
    await owner.query(sql, values);
    await owner.query('commit');
  };

  it('is one chain, whoever writes at the same time', async () => {
    const [one, other] = [await test.newOrganization(), await test.newOrganization()];
    await Promise.all([record(one, 60), record(other, 20)]);
    expect(await verify(one)).toMatchObject({
      entries: 60,
      broken: null,
      head: { sequence: '60' },
    });
    expect(await verify(other)).toMatchObject({ entries: 20, broken: null });
    expect((await entries(one)).map((entry) => Number(entry.sequence))).toEqual(
      Array.from({ length: 60 }, (_, index) => 60 - index),
    );
  });

  it.each([
    [
      'entry changed',
      `update audit_logs set action = 'nothing' where organization_id = $1 and sequence = 4`,
      '4',
    ],
    [
      'entry changed',
      `update audit_logs set created_at = created_at + interval '1 microsecond' where organization_id = $1 and sequence = 4`,
      '4',
    ],
    ['entry missing', 'delete from audit_logs where organization_id = $1 and sequence = 4', '4'],
    [
      'entries missing at the end',
      'delete from audit_logs where organization_id = $1 and sequence > 4',
      '5',
    ],
    [
      'details changed',
      `update audit_details set content = replace(content, 'quoted', 'x') where organization_id = $1
      and id = (select id from audit_logs where organization_id = $1 and sequence = 4)`,
      '4',
    ],
    [
      'details missing',
      `delete from audit_details where organization_id = $1
      and id = (select id from audit_logs where organization_id = $1 and sequence = 4)`,
      '4',
    ],
    [
      'anchor without its entry',
      `insert into audit_anchors (organization_id, id, sequence, hash, entry_id)
      select organization_id, id, sequence, hash, id from audit_logs where organization_id = $1 and sequence = 4`,
      '7',
    ],
  ])('says %s, and where', async (reason, sql, sequence) => {
    const organization = await test.newOrganization();
    await record(organization, 6);
    await tamper(sql, [organization.id]);
    expect((await verify(organization)).broken).toMatchObject({ reason, sequence });
  });

  it('that was cut and joined again does not fit a noted end', async () => {
    const organization = await test.newOrganization();
    await record(organization, 6);
    const { head } = await verify(organization);
    await tamper('delete from audit_logs where organization_id = $1 and sequence > 4', [
      organization.id,
    ]);
    await tamper(
      `update audit_chains set sequence = 4, hash = (select hash from audit_logs where organization_id = $1
         and sequence = 4) where organization_id = $1`,
      [organization.id],
    );
    expect((await verify(organization)).broken).toBeNull();
    await record(organization, 3);
    const again = await test.get(AuditVerification).verify(organization.context, head);
    expect(again.broken).toMatchObject({
      reason: 'not the chain of the given anchor',
      sequence: '6',
    });
  });

  it('is not changed even by its owner while the triggers stand', async () => {
    const organization = await test.newOrganization();
    await record(organization, 1);
    await expect(
      owner.query("update audit_logs set action = 'x' where organization_id = $1", [
        organization.id,
      ]),
    ).rejects.toThrow('audit entries are never changed');
    await expect(
      owner.query('delete from audit_logs where organization_id = $1', [organization.id]),
    ).rejects.toThrow('behind an anchor only');
  });

  it('loses its oldest entries by policy and can still be verified', async () => {
    const organization = await test.newOrganization();
    await record(organization, 5);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const retention = test.get(AuditRetention);
    const remove = async (dryRun: boolean) => {
      const count = await test.as(organization.context, () =>
        retention.anchor(organization.context, 0, dryRun),
      );
      if (!dryRun) await retention.sweep(organization.id);
      return count;
    };
    expect(await remove(true)).toBe(5);
    expect(await remove(false)).toBe(5);
    expect(await verify(organization)).toMatchObject({
      broken: null,
      removedUpTo: '5',
      entries: 1,
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await remove(false)).toBe(1);
    expect(await verify(organization)).toMatchObject({ broken: null, removedUpTo: '6' });
    await tamper('update audit_anchors set hash = repeat($2, 64) where organization_id = $1', [
      organization.id,
      'a',
    ]);
    expect((await verify(organization)).broken).not.toBeNull();
  });

  it('has what a process that died had begun', async () => {
    const organization = await test.newOrganization();
    const user = await test.newUser(organization);
    const context = createTenantContext({ ...user.context, correlationId: 'the-lost-request' });
    await test.as(context, () =>
      test.get(AuditTrail).begin(context, { ...ENTRY, new_values: { role: 'admin' } }),
    );
    expect(await test.get(LostCalls).settle()).toBe(0);
    expect(await test.get(LostCalls).settle(0)).toBeGreaterThan(0);
    const [entry] = await entries(organization);
    expect(entry).toMatchObject({
      action: 'do_something',
      result: 'unknown',
      user_id: user.id,
      actor: user.username,
      new_values: { role: 'admin' },
      correlation_id: 'the-lost-request',
    });
    expect(await verify(organization)).toMatchObject({ broken: null, entries: 1 });
  });

  it('leaves no trace of a change that was rolled back', async () => {
    const organization = await test.newOrganization();
    await record(organization, 2);
    await expect(
      test.as(organization.context, () =>
        test.get(EntityManager).transactional(async () => {
          await test.get(AuditTrail).record(organization.context, ENTRY);
          throw new Error('rolled back');
        }),
      ),
    ).rejects.toThrow('rolled back');
    await record(organization, 1);
    expect(await verify(organization)).toMatchObject({ broken: null, entries: 3 });
  });

  it('names nobody in what is hashed', async () => {
    const organization = await test.newOrganization();
    const user = await test.newUser(organization, { username: 'planted-name' });
    await user.login();
    const rows = await test
      .get(TenantSql)
      .read(organization.context, 'select to_jsonb(l)::text as text from audit_logs l');
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain('planted-name');
  });
});
