import { DiscoveryService, Reflector } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type HandlerAccess, listHandlerAccess } from '../../src/core/auth/index.js';
import { type Permission, permissionsOf } from '../../src/core/context/index.js';
import { TenantSql } from '../../src/core/database/index.js';
import type { TestOrganization } from '../factories/organization.factory.js';
import { TestContext } from '../support/test-context.js';
import { callAnywhere, GUARDED, handlerOf, told } from './calls.js';

const HOUR_MS = 3_600_000;

/** Every operation of the API that wants to know who asks, called by those who may not, or no longer. */
describe('access tokens at every operation', () => {
  let test: TestContext;
  let organization: TestOrganization;
  let handlers: readonly HandlerAccess[];
  const ended = new Map<string, string>();
  /** Good for minutes. */
  let expiring: string;

  beforeAll(async () => {
    test = await TestContext.open();
    handlers = listHandlerAccess(test.get(DiscoveryService), test.get(Reflector));
    organization = await test.newOrganization();
    const loginTo = async (where: TestOrganization) => (await test.newUser(where)).login();

    const revoked = await loginTo(organization);
    await test.request(revoked, 'POST', '/api/v1/auth/logout');
    ended.set('of a session that was ended', revoked);
    expiring = await loginTo(organization);
    const overdue = await test.newUser(organization);
    ended.set('of a session past its time', await overdue.login());
    await change(
      organization,
      `update sessions set expires_at = now() - interval '1 second' where user_id = $2`,
      overdue.id,
    );
    const leaver = await test.newUser(organization);
    ended.set('of somebody deactivated', await leaver.login());
    await change(organization, 'update users set is_active = false where id = $2', leaver.id);
    const closed = await test.newOrganization();
    ended.set('of a deactivated organization', await loginTo(closed));
    await change(closed, 'update organizations set is_active = false where id = $2', closed.id);
    const [head = '', body = ''] = (await loginTo(organization)).split('.');
    const [, , signature = ''] = (await loginTo(organization)).split('.');
    ended.set('signed for somebody else', [head, body, signature].join('.'));
  });

  afterAll(() => test.close());

  it.each(GUARDED.map((one) => [one.method, one.path, one] as const))(
    'get the answer of nobody from %s %s once they ended',
    async (_method, _path, operation) => {
      const nobody = told(await callAnywhere(test, null, operation));
      expect(nobody).toMatchObject({ status: 401, code: 'AUTH.REQUIRED' });
      for (const [name, token] of ended) {
        expect({ name, ...told(await callAnywhere(test, token, operation)) }).toEqual({
          name,
          ...nobody,
        });
      }
      const expired = await inAnHour(() => callAnywhere(test, expiring, operation));
      expect(told(expired)).toEqual(nobody);
    },
  );

  it.each(['viewer', 'editor'] as const)('of a %s open nothing above the role', async (role) => {
    const above = GUARDED.filter(
      (one) => !permissionsOf(role).has(handlerOf(handlers, one).access as Permission),
    );
    expect(above.length).toBeGreaterThan(20);
    const token = await (await test.newUser(organization, { role })).login();
    for (const operation of above) {
      const { operationId } = operation;
      const { status, code } = told(await callAnywhere(test, token, operation));
      expect({ operationId, status, code }).toEqual({
        operationId,
        status: 403,
        code: 'AUTH.FORBIDDEN',
      });
    }
  });

  /** For the process, not for the database: the session lives, the token does not. */
  async function inAnHour<T>(work: () => Promise<T>): Promise<T> {
    const now = Date.now;
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => now() + HOUR_MS);
    try {
      return await work();
    } finally {
      clock.mockRestore();
    }
  }

  async function change({ context, id }: TestOrganization, sql: string, subject: string) {
    const column = sql.includes('update organizations') ? 'id' : 'organization_id';
    await test.get(TenantSql).write(context, `${sql} and ${column} = $1`, [id, subject]);
  }
});
