import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import type { TenantContext } from '../../core/context/index.js';
import { Organization } from './organization.entity.js';
import { organizationErrors } from './organizations.errors.js';

/** A tenant sees one organization: its own. */
@Injectable()
export class OrganizationRepository {
  constructor(private readonly em: EntityManager) {}

  /** @throws DomainError `ORGANIZATION.NOT_FOUND`, also for the organization of somebody else. */
  async getById(context: TenantContext, id: string): Promise<Organization> {
    const found =
      id.toLowerCase() === context.organizationId
        ? await this.em.findOne(Organization, { id: context.organizationId })
        : null;
    if (found === null) throw organizationErrors.notFound();
    return found;
  }

  async flush(): Promise<void> {
    await this.em.flush();
  }
}
