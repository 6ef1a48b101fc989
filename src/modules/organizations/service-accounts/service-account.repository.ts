import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import type { TenantContext } from '../../../core/context/index.js';
import { TenantRepository } from '../../../core/database/index.js';
import { ServiceAccount } from './service-account.entity.js';

@Injectable()
export class ServiceAccountRepository extends TenantRepository<ServiceAccount> {
  constructor(em: EntityManager) {
    super(em, ServiceAccount, 'SERVICE_ACCOUNT');
  }

  /** In order of creation, after the one with the id `afterId`; `limit` at most. */
  list(context: TenantContext, afterId: string | null, limit: number): Promise<ServiceAccount[]> {
    return this.find(context, afterId === null ? {} : { id: { $gt: afterId } }, {
      orderBy: { id: 'asc' },
      limit,
    });
  }
}
