import { randomUUID } from 'node:crypto';
import { EntityManager } from '@mikro-orm/core';
import { PasswordHasher } from '../../src/core/auth/index.js';
import { createTenantContext, type TenantContext } from '../../src/core/context/index.js';
import { User } from '../../src/modules/organizations/index.js';
import type { TestContext } from '../support/test-context.js';
import type { TestOrganization } from './organization.factory.js';

export type NewUser = Partial<
  Pick<User, 'username' | 'email' | 'role' | 'is_active' | 'must_change_password'>
>;

export interface TestUser {
  readonly id: string;
  readonly username: string;
  readonly password: string;
  readonly context: TenantContext;
  /** Logs in over HTTP and answers the access token. */
  login(): Promise<string>;
}

/** An administrator, if `fields` does not say otherwise. */
export async function newUser(
  test: TestContext,
  organization: TestOrganization,
  fields: NewUser = {},
): Promise<TestUser> {
  const username = fields.username ?? `user-${randomUUID().slice(0, 8)}`;
  const role = fields.role ?? 'admin';
  const password = PasswordHasher.randomPassword();
  const password_hash = await test.get(PasswordHasher).hash(password);
  const em = test.get(EntityManager);
  const user = await test.as(organization.context, async () => {
    const created = em.create(User, {
      email: `${username}@example.com`,
      ...fields,
      organization_id: organization.id,
      username,
      role,
      password_hash,
    });
    await em.flush();
    return created;
  });
  return {
    id: user.id,
    username,
    password,
    context: createTenantContext({
      organizationId: organization.id,
      actor: { kind: 'user', id: user.id, name: username },
      role,
    }),
    login: async () => {
      const body = { organization: organization.slug, username, password };
      const answer = await test.request(null, 'POST', '/api/v1/auth/login', body);
      if (answer.status !== 200) throw new Error(`login failed: ${answer.text}`);
      return String(answer.body.access_token);
    },
  };
}
