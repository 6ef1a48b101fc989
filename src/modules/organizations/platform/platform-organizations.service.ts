import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../../core/audit/index.js';
import type { Operator } from '../../../core/auth/index.js';
import { createSystemContext } from '../../../core/context/index.js';
import { SystemSql, TenantScope } from '../../../core/database/index.js';
import { Organization } from '../organization.entity.js';
import { organizationErrors } from '../organizations.errors.js';

/** All an operator sees of an organization. */
export interface PlatformOrganization {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly is_active: boolean;
  readonly created_at: Date;
}

const COLUMNS = 'id, name, slug, is_active, created_at';

/**
 * Organizations as the operator of the installation sees them. Listing is the system role's, which was granted these columns and
 * nothing of what the organizations keep; changing is done inside the one organization, and stands in its audit log.
 */
@Injectable()
export class PlatformOrganizationsService {
  constructor(
    private readonly system: SystemSql,
    private readonly scope: TenantScope,
    private readonly em: EntityManager,
    private readonly audit: AuditTrail,
  ) {}

  /** By slug, after `afterSlug`; `limit` at most. */
  list(afterSlug: string | null, limit: number): Promise<PlatformOrganization[]> {
    return this.system.query<PlatformOrganization>(
      `select ${COLUMNS} from organizations where $1::text is null or slug > $1
       order by slug limit $2`,
      [afterSlug, limit],
    );
  }

  /**
   * Deactivated, nobody of it logs in or goes on, and none of its jobs begins or goes on; see docs/security/authentication.md.
   * Doing it twice is fine.
   *
   * @throws DomainError `ORGANIZATION.NOT_FOUND`
   */
  async setActive(
    slug: string,
    isActive: boolean,
    operator: Operator,
  ): Promise<PlatformOrganization> {
    const found = await this.#find(slug);
    if (found.is_active === isActive) return found;
    const context = createSystemContext(found.id, operator.name, operator.correlationId);
    await this.scope.run(context, () =>
      this.em.transactional(async (em) => {
        await em.nativeUpdate(Organization, { id: found.id }, { is_active: isActive });
        await this.audit.record(context, {
          action: isActive ? 'reactivate_organization' : 'deactivate_organization',
          resource_type: 'organization',
          resource_id: found.id,
          old_values: { is_active: found.is_active },
          new_values: { is_active: isActive },
          ip: operator.ip,
        });
      }),
    );
    return { ...found, is_active: isActive };
  }

  async #find(slug: string): Promise<PlatformOrganization> {
    const [found] = await this.system.query<PlatformOrganization>(
      `select ${COLUMNS} from organizations where slug = $1`,
      [slug],
    );
    if (found === undefined) throw organizationErrors.notFound();
    return found;
  }
}
