import { EntityManager } from '@mikro-orm/core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TenantSql } from '../../../src/core/database/index.js';
import { User } from '../../../src/modules/organizations/index.js';
import { UserRepository } from '../../../src/modules/organizations/user.repository.js';
import type { TestOrganization } from '../../factories/organization.factory.js';
import type { TestUser } from '../../factories/user.factory.js';
import { TestContext } from '../../support/test-context.js';

describe('belts around a tenant', () => {
  let test: TestContext;
  let ours: TestOrganization;
  let theirs: TestOrganization;
  let ourUser: TestUser;
  let theirUser: TestUser;

  beforeAll(async () => {
    test = await TestContext.open();
    ours = await test.newOrganization();
    theirs = await test.newOrganization();
    ourUser = await test.newUser(ours);
    theirUser = await test.newUser(theirs);
  });

  afterAll(() => test.close());

  it('the filter throws when no tenant is in scope', async () => {
    await expect(test.get(EntityManager).fork().find(User, {})).rejects.toThrow(
      'without a tenant in scope',
    );
  });

  it('the filter narrows a query that forgot the tenant', async () => {
    const found = await test.as(ours.context, () => test.get(EntityManager).find(User, {}));
    expect(found.map((user) => user.id)).toEqual([ourUser.id]);
  });

  it('the database narrows a query with the filter switched off', async () => {
    const found = await test.as(ours.context, () =>
      test.get(EntityManager).find(User, {}, { filters: false }),
    );
    expect(found.map((user) => user.id)).toEqual([ourUser.id]);
  });

  it('a repository refuses a context that is not in scope', async () => {
    const users = test.get(UserRepository);
    await expect(
      test.as(ours.context, async () => users.findById(theirs.context, theirUser.id)),
    ).rejects.toThrow('not the tenant in scope');
  });

  it("a repository says of another tenant's row what it says of a missing one", async () => {
    const users = test.get(UserRepository);
    const asked = (id: string) => test.as(ours.context, () => users.getById(ours.context, id));
    const missing = '01980a3e-0000-7000-8000-000000000000';
    for (const id of [theirUser.id, missing, 'not-an-id', "' or 1=1"]) {
      await expect(asked(id)).rejects.toMatchObject({ code: 'USER.NOT_FOUND', kind: 'notFound' });
    }
  });

  it('raw reads of many tenants at once never mix on a connection', async () => {
    const sql = test.get(TenantSql);
    const owners = Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? ours : theirs));
    const answers = await Promise.all(
      owners.map((owner) =>
        sql.read<{ organization_id: string }>(owner.context, 'select organization_id from users'),
      ),
    );
    expect(answers.map((rows) => rows.map((row) => row.organization_id))).toEqual(
      owners.map((owner) => [owner.id]),
    );
  });

  it('a failed raw read leaves its connection usable', async () => {
    const sql = test.get(TenantSql);
    await expect(sql.read(ours.context, 'select nonsense')).rejects.toThrow('nonsense');
    await expect(sql.read(ours.context, 'select 1 as one')).resolves.toEqual([{ one: 1 }]);
  });

  it('a bulk transaction is bound to its tenant and rolls back as a whole', async () => {
    const sql = test.get(TenantSql);
    await expect(
      sql.transaction(ours.context, async (client) => {
        await client.query('update users set email = $1', ['changed@example.com']);
        throw new Error('half way');
      }),
    ).rejects.toThrow('half way');
    const emails = await sql.read<{ email: string }>(ours.context, 'select email from users');
    expect(emails).toEqual([{ email: `${ourUser.username}@example.com` }]);
  });
});
