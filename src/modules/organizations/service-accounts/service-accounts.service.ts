import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { ApiKeysService } from '../../../core/auth/index.js';
import { noteValuesBefore, type TenantContext } from '../../../core/context/index.js';
import { CursorCodec, type Page, toPage } from '../../../core/http/index.js';
import { organizationErrors } from '../organizations.errors.js';
import type { ServiceAccount } from './service-account.entity.js';
import { ServiceAccountRepository } from './service-account.repository.js';

const LIST = 'service-accounts';

@Injectable()
export class ServiceAccountsService {
  constructor(
    private readonly accounts: ServiceAccountRepository,
    private readonly keys: ApiKeysService,
    private readonly cursors: CursorCodec,
  ) {}

  async list(
    context: TenantContext,
    page: { readonly page_size: number; readonly cursor?: string },
  ): Promise<Page<ServiceAccount>> {
    const [after] = page.cursor === undefined ? [null] : this.cursors.decode(LIST, page.cursor);
    const afterId = typeof after === 'string' ? after : null;
    const rows = await this.accounts.list(context, afterId, page.page_size + 1);
    return toPage(rows, page.page_size, (last) => this.cursors.encode(LIST, [last.id]));
  }

  /** @throws DomainError `SERVICE_ACCOUNT.NOT_FOUND` */
  get(context: TenantContext, id: string): Promise<ServiceAccount> {
    return this.accounts.getById(context, id);
  }

  /** @throws DomainError `SERVICE_ACCOUNT.NAME_TAKEN` */
  async create(
    context: TenantContext,
    fields: Pick<ServiceAccount, 'name' | 'description' | 'role'>,
  ): Promise<ServiceAccount> {
    const account = this.accounts.create(context, { ...fields, created_by: context.actor.id });
    try {
      await this.accounts.flush();
    } catch (error) {
      if (error instanceof UniqueConstraintViolationException) {
        throw organizationErrors.serviceAccountNameTaken();
      }
      throw error;
    }
    return account;
  }

  /** Role and activity hold from the next request of its keys on. */
  async update(
    context: TenantContext,
    id: string,
    changes: Pick<ServiceAccount, 'description' | 'role' | 'is_active'>,
  ): Promise<ServiceAccount> {
    const account = await this.accounts.getById(context, id);
    const { description, role, is_active } = account;
    noteValuesBefore({ description, role, is_active });
    Object.assign(account, changes);
    await this.accounts.flush();
    return account;
  }

  /** Its keys are refused from then on. What it did stays in the audit log. */
  async delete(context: TenantContext, id: string): Promise<void> {
    const account = await this.accounts.getById(context, id);
    const { name, description, role } = account;
    noteValuesBefore({ name, description, role });
    this.accounts.remove(context, account);
    await this.accounts.flush();
    await this.keys.revokeAllKeys(context, { kind: 'service_account', id: account.id });
  }
}
