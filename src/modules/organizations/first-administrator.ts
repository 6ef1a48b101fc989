import { randomUUIDv7 } from 'node:crypto';
import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { PasswordHasher } from '../../core/auth/index.js';
import { createSystemContext } from '../../core/context/index.js';
import { SystemSql, TenantScope } from '../../core/database/index.js';
import { OrganizationSettings } from './organization-settings.entity.js';
import { Organization } from './organization.entity.js';
import { User } from './user.entity.js';

export interface FirstAdministratorRequest {
  readonly organization: { readonly name: string; readonly slug: string };
  readonly username: string;
  readonly email: string;
}

export interface FirstAdministrator {
  readonly organizationId: string;
  readonly username: string;
  /** Shown once, to be changed at the first login; null when the installation was already set up. */
  readonly password: string | null;
}

/** Sets up an empty installation: its first organization and the administrator of it. */
@Injectable()
export class FirstAdministratorService {
  constructor(
    private readonly system: SystemSql,
    private readonly scope: TenantScope,
    private readonly passwords: PasswordHasher,
    private readonly em: EntityManager,
  ) {}

  /** Safe to call at every start: an installation that has an organization is left as it is. */
  async createFirstAdministrator(request: FirstAdministratorRequest): Promise<FirstAdministrator> {
    // Ids are in order of creation.
    const [existing] = await this.system.query<{ id: string }>(
      'select id from organizations order by id limit 1',
    );
    if (existing !== undefined) {
      return { organizationId: existing.id, username: request.username, password: null };
    }
    const organizationId = randomUUIDv7();
    const password = PasswordHasher.randomPassword();
    const password_hash = await this.passwords.hash(password);
    await this.scope.run(createSystemContext(organizationId, 'up'), async () => {
      this.em.create(Organization, {
        id: organizationId,
        ...request.organization,
        contact_email: request.email,
      });
      this.em.create(OrganizationSettings, { organization_id: organizationId });
      this.em.create(User, {
        organization_id: organizationId,
        username: request.username,
        email: request.email,
        role: 'admin',
        password_hash,
        must_change_password: true,
      });
      await this.em.flush();
    });
    return { organizationId, username: request.username, password };
  }
}
