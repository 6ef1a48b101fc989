import { randomUUIDv7 } from 'node:crypto';
import {
  EntityManager,
  TransactionPropagation,
  UniqueConstraintViolationException,
} from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../../core/audit/index.js';
import type { Origin } from '../../../core/auth/index.js';
import { Config } from '../../../core/config/index.js';
import { createSystemContext } from '../../../core/context/index.js';
import { TenantScope } from '../../../core/database/index.js';
import { AttemptLimiter } from '../../../core/redis/index.js';
import { OrganizationSettings } from '../organization-settings.entity.js';
import { Organization } from '../organization.entity.js';
import { organizationErrors } from '../organizations.errors.js';
import { User } from '../user.entity.js';
import { NewPassword } from './new-password.js';

export interface Registration {
  readonly organization: { readonly name: string; readonly slug: string };
  readonly username: string;
  readonly email: string;
  readonly password: string;
}

export interface Registered {
  readonly organization: Organization;
  readonly user: User;
}

const PER_ADDRESS_AND_HOUR = 20;

/** A new organization with its first administrator, for who is not logged in. */
@Injectable()
export class RegistrationService {
  constructor(
    private readonly config: Config,
    private readonly limiter: AttemptLimiter,
    private readonly newPassword: NewPassword,
    private readonly scope: TenantScope,
    private readonly audit: AuditTrail,
    private readonly em: EntityManager,
  ) {}

  /** @throws DomainError `ORGANIZATION.REGISTRATION_CLOSED`, `…NAME_TAKEN`, `…SLUG_TAKEN`, `AUTH.WEAK_PASSWORD` */
  async register(request: Registration, origin: Origin): Promise<Registered> {
    if (!this.config.get('REGISTRATION')) throw organizationErrors.registrationClosed();
    const limit = { name: 'register', who: [origin.ip], max: PER_ADDRESS_AND_HOUR };
    if (!(await this.limiter.take([{ ...limit, windowSeconds: 3600 }]))) {
      throw organizationErrors.tooManyRegistrations();
    }
    const password_hash = await this.newPassword.hash(
      request.password,
      request,
      request.organization,
    );
    const context = createSystemContext(randomUUIDv7(), 'registration', origin.correlationId);
    try {
      return await this.scope.run(context, () =>
        this.em.transactional(
          async (em) => {
            const organization = em.create(Organization, {
              id: context.organizationId,
              ...request.organization,
              contact_email: request.email,
            });
            em.create(OrganizationSettings, { organization_id: organization.id });
            const { username, email } = request;
            const user = em.create(User, {
              organization_id: organization.id,
              username,
              email,
              role: 'admin',
              password_hash,
            });
            await em.flush();
            await this.audit.record(context, {
              action: 'register_organization',
              resource_type: 'organization',
              resource_id: organization.id,
              new_values: { ...request.organization, username, user_id: user.id },
              ip: origin.ip,
            });
            return { organization, user };
          },
          { propagation: TransactionPropagation.REQUIRED },
        ),
      );
    } catch (error) {
      if (!(error instanceof UniqueConstraintViolationException)) throw error;
      throw error.message.includes('organizations_slug_unique')
        ? organizationErrors.slugTaken()
        : organizationErrors.nameTaken();
    }
  }
}
