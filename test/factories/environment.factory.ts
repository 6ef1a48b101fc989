import { randomUUID } from 'node:crypto';
import { EntityManager, ref } from '@mikro-orm/core';
import { Environment } from '../../src/modules/environments/index.js';
import { IacSource } from '../../src/modules/iac/index.js';
import type { TestContext } from '../support/test-context.js';
import type { TestOrganization } from './organization.factory.js';

export interface TestEnvironment {
  readonly id: string;
  readonly organization: TestOrganization;
}

export async function newEnvironment(
  test: TestContext,
  organization: TestOrganization,
  fields: Partial<Pick<Environment, 'name' | 'provider' | 'criticality' | 'is_active'>> = {},
): Promise<TestEnvironment> {
  const em = test.get(EntityManager);
  return test.as(organization.context, async () => {
    const environment = em.create(Environment, {
      name: `environment-${randomUUID().slice(0, 8)}`,
      provider: 'aws',
      ...fields,
      organization_id: organization.id,
    });
    await em.flush();
    return { id: environment.id, organization };
  });
}

export async function newSource(
  test: TestContext,
  environment: TestEnvironment,
  fields: Partial<Pick<IacSource, 'name' | 'kind'>> = {},
): Promise<string> {
  const em = test.get(EntityManager);
  const { organization } = environment;
  return test.as(organization.context, async () => {
    const owner = await em.findOneOrFail(Environment, { id: environment.id });
    const source = em.create(IacSource, {
      name: `source-${randomUUID().slice(0, 8)}`,
      location: 'upload',
      ...fields,
      organization_id: organization.id,
      environment: ref(owner),
    });
    await em.flush();
    return source.id;
  });
}
