import { EntityManager, raw } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import type { TenantContext } from '../../core/context/index.js';
import { TenantRepository } from '../../core/database/index.js';
import { User } from './user.entity.js';

@Injectable()
export class UserRepository extends TenantRepository<User> {
  constructor(em: EntityManager) {
    super(em, User, 'USER');
  }

  /** In order of creation, after the user `afterId`; `limit` at most. */
  list(context: TenantContext, afterId: string | null, limit: number): Promise<User[]> {
    return this.find(context, afterId === null ? {} : { id: { $gt: afterId } }, {
      orderBy: { id: 'asc' },
      limit,
    });
  }

  /** Two at most: enough to know that an address names nobody in particular. `email` in lower case. */
  findByEmail(context: TenantContext, email: string): Promise<User[]> {
    return this.find(context, { [raw('lower(email)')]: email }, { limit: 2 });
  }

  /** The hash is not read with the rest of a user. */
  async passwordHash(context: TenantContext, id: string): Promise<string> {
    const where = { id, organization_id: context.organizationId };
    const user = await this.em.findOne(User, where, { fields: ['password_hash'] });
    if (user === null) throw this.notFound();
    return user.password_hash;
  }

  countOtherAdministrators(context: TenantContext, userId: string): Promise<number> {
    return this.count(context, { role: 'admin', is_active: true, id: { $ne: userId } });
  }
}
