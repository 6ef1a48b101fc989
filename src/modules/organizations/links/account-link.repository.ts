import { EntityManager, type FilterQuery } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import type { TenantContext } from '../../../core/context/index.js';
import { TenantRepository } from '../../../core/database/index.js';
import type { DomainError } from '../../../core/errors/index.js';
import { AccountLink, type LinkKind } from './account-link.entity.js';

/** The rows of one organization, and the conditions under which a link works. */
@Injectable()
export class AccountLinkRepository extends TenantRepository<AccountLink> {
  constructor(em: EntityManager) {
    super(em, AccountLink, 'INVITATION');
  }

  /** Open ones in order of creation, after `afterId`. */
  listOpen(
    context: TenantContext,
    kind: LinkKind,
    afterId: string | null,
    limit: number,
  ): Promise<AccountLink[]> {
    const after = afterId === null ? {} : { id: { $gt: afterId } };
    return this.find(context, { kind, ...open(), ...after }, { orderBy: { id: 'asc' }, limit });
  }

  findOpen(context: TenantContext, where: FilterQuery<AccountLink>): Promise<AccountLink | null> {
    return this.findOne(context, { $and: [where, open()] });
  }

  /** One statement, so that of two people with one link only one gets in. Part of the current transaction. */
  async takeOnce(context: TenantContext, where: FilterQuery<AccountLink>): Promise<boolean> {
    return (await this.change(context, where, { used_at: new Date() })) === 1;
  }

  revoke(context: TenantContext, where: FilterQuery<AccountLink>): Promise<number> {
    return this.change(context, where, { revoked_at: new Date() });
  }

  /** False when the link does not work any more. */
  async setToken(context: TenantContext, id: string, token_hash: string): Promise<boolean> {
    return (await this.change(context, { id }, { token_hash })) === 1;
  }

  async noteSent(context: TenantContext, id: string): Promise<void> {
    await this.change(context, { id }, { sent_at: new Date() });
  }

  /** The error of one that is not there. */
  missing(): DomainError {
    return this.notFound();
  }

  private change(
    context: TenantContext,
    where: FilterQuery<AccountLink>,
    data: Partial<AccountLink>,
  ): Promise<number> {
    const condition = { $and: [where, open()] } as FilterQuery<AccountLink>;
    return this.em.nativeUpdate(AccountLink, this.scoped(context, condition), data);
  }
}

function open() {
  return { used_at: null, revoked_at: null, expires_at: { $gt: new Date() } };
}
