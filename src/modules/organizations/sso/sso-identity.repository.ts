import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import type { TenantContext } from '../../../core/context/index.js';
import { TenantRepository } from '../../../core/database/index.js';
import { SsoIdentity } from './sso-identity.entity.js';

@Injectable()
export class SsoIdentityRepository extends TenantRepository<SsoIdentity> {
  constructor(em: EntityManager) {
    super(em, SsoIdentity, 'SSO_IDENTITY');
  }

  findSubject(
    context: TenantContext,
    issuer: string,
    subject: string,
  ): Promise<SsoIdentity | null> {
    return this.findOne(context, { issuer, subject });
  }

  findOfUser(context: TenantContext, issuer: string, userId: string): Promise<SsoIdentity | null> {
    return this.findOne(context, { issuer, user_id: userId });
  }
}
