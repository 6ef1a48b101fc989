import { randomUUID, randomUUIDv7 } from 'node:crypto';
import { EntityManager } from '@mikro-orm/core';
import { createSystemContext, type TenantContext } from '../../src/core/context/index.js';
import { Organization, OrganizationSettings } from '../../src/modules/organizations/index.js';
import type { TestContext } from '../support/test-context.js';

export type NewOrganization = Partial<
  Pick<Organization, 'name' | 'slug' | 'description' | 'contact_email' | 'is_active'> &
    Pick<OrganizationSettings, 'audit_logging' | 'session_timeout' | 'drift_detection_enabled'>
>;

export interface TestOrganization {
  readonly id: string;
  readonly slug: string;
  /** The system acting in this organization. */
  readonly context: TenantContext;
}

export async function newOrganization(
  test: TestContext,
  fields: NewOrganization = {},
): Promise<TestOrganization> {
  const id = randomUUIDv7();
  const slug = fields.slug ?? `org-${randomUUID().slice(0, 8)}`;
  const { audit_logging, session_timeout, drift_detection_enabled, ...own } = fields;
  const settings = Object.fromEntries(
    Object.entries({ audit_logging, session_timeout, drift_detection_enabled }).filter(
      ([, value]) => value !== undefined,
    ),
  );
  const context = createSystemContext(id, 'test');
  const em = test.get(EntityManager);
  await test.as(context, async () => {
    em.create(Organization, {
      name: `Organization ${slug}`,
      contact_email: `${slug}@example.com`,
      ...own,
      id,
      slug,
    });
    em.create(OrganizationSettings, { organization_id: id, ...settings });
    await em.flush();
  });
  return { id, slug, context };
}
