import { EntityManager, UniqueConstraintViolationException } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { createSystemContext, type TenantContext } from '../../../core/context/index.js';
import { SystemSql, TenantScope, TenantSql } from '../../../core/database/index.js';
import { Logger } from '../../../core/logging/index.js';
import { DATA_MAP, INSTALLATION_TABLES } from '../../../core/privacy/index.js';
import { organizationErrors } from '../organizations.errors.js';
import { UserRepository } from '../user.repository.js';
import { AnonymisationService } from './anonymisation.service.js';
import { DeletionRequest } from './deletion-request.entity.js';

export const COOLING_OFF_DAYS = 14;
const DAY_MS = 86_400_000;

interface Due {
  readonly organization_id: string;
  readonly id: string;
  readonly user_id: string | null;
}

/** Deletion of an account or an organization: requested, thought over, then done by the schedule. */
@Injectable()
export class DeletionService {
  constructor(
    private readonly em: EntityManager,
    private readonly sql: TenantSql,
    private readonly system: SystemSql,
    private readonly scope: TenantScope,
    private readonly users: UserRepository,
    private readonly anonymisation: AnonymisationService,
    private readonly logger: Logger,
  ) {}

  /** `userId` null for the organization. @throws DomainError `DELETION.ALREADY_REQUESTED`, `USER.LAST_ADMINISTRATOR` */
  async request(context: TenantContext, userId: string | null): Promise<DeletionRequest> {
    if (userId !== null) {
      const user = await this.users.getById(context, userId);
      const isLast =
        user.role === 'admin' && (await this.users.countOtherAdministrators(context, userId)) === 0;
      if (isLast) throw organizationErrors.lastAdministrator();
    }
    const request = this.em.create(DeletionRequest, {
      organization_id: context.organizationId,
      user_id: userId,
      requested_by: context.actor.id,
      counts: null,
      execute_after: new Date(Date.now() + COOLING_OFF_DAYS * DAY_MS),
    });
    try {
      await this.em.flush();
    } catch (error) {
      if (error instanceof UniqueConstraintViolationException) {
        throw organizationErrors.deletionPending();
      }
      throw error;
    }
    return request;
  }

  /** The one that is requested and not done. */
  findOpen(context: TenantContext, userId: string | null): Promise<DeletionRequest | null> {
    const open = { cancelled_at: null, executed_at: null, user_id: userId };
    return this.em.findOne(DeletionRequest, { organization_id: context.organizationId, ...open });
  }

  /** @throws DomainError `DELETION.NOT_REQUESTED` */
  async cancel(context: TenantContext, userId: string | null): Promise<void> {
    const request = await this.findOpen(context, userId);
    if (request === null) throw organizationErrors.noDeletion();
    request.cancelled_at = new Date();
    await this.em.flush();
  }

  /** Does what is due in all organizations. One that fails does not stop the others. Answers how many were done. */
  async runDue(): Promise<number> {
    const due = await this.system.query<Due>(
      `select organization_id, id, user_id from deletion_requests
       where execute_after <= now() and cancelled_at is null and executed_at is null
       order by user_id is null, execute_after limit 1000`,
    );
    let done = 0;
    for (const request of due) {
      const context = createSystemContext(request.organization_id, 'deletion');
      try {
        await this.scope.run(context, () =>
          request.user_id === null
            ? this.#deleteOrganization(context)
            : this.#deleteAccount(context, request.id, request.user_id),
        );
        done += 1;
      } catch (error) {
        this.logger.write('error', 'a deletion failed', { deletion_id: request.id, error });
      }
    }
    return done;
  }

  async #deleteAccount(context: TenantContext, id: string, userId: string): Promise<void> {
    const { counts } = await this.anonymisation.anonymise(context, userId);
    await this.em.nativeUpdate(
      DeletionRequest,
      { organization_id: context.organizationId, id },
      { executed_at: new Date(), counts },
    );
  }

  /** What remains is a line in the log with ids and numbers. */
  async #deleteOrganization(context: TenantContext): Promise<void> {
    const { organizationId } = context;
    const counts = await this.#count(context);
    // Running jobs hear of it; logins and requests are refused from here on.
    await this.sql.write(context, 'update organizations set is_active = false where id = $1', [
      organizationId,
    ]);
    const rows = await this.system.query('delete from organizations where id = $1 returning id', [
      organizationId,
    ]);
    if (rows.length === 0) throw new Error('the database does not hold the deletion for due');
    this.logger.write('info', 'an organization was deleted', { counts });
  }

  async #count(context: TenantContext): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { table } of DATA_MAP) {
      if (INSTALLATION_TABLES.has(table)) continue;
      const column = table === 'organizations' ? 'id' : 'organization_id';
      const [row] = await this.sql.read<{ count: string }>(
        context,
        `select count(*) as count from "${table}" where "${column}" = $1`,
        [context.organizationId],
      );
      if (row !== undefined && row.count !== '0') counts[table] = Number(row.count);
    }
    return counts;
  }
}
