import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../../core/audit/index.js';
import { IdentityDirectory, type Origin, SessionsService } from '../../../core/auth/index.js';
import { createSystemContext } from '../../../core/context/index.js';
import { TenantScope } from '../../../core/database/index.js';
import { Logger } from '../../../core/logging/index.js';
import { JobQueue } from '../../../core/queue/index.js';
import { AttemptLimiter } from '../../../core/redis/index.js';
import { AccountLinkRepository } from '../links/account-link.repository.js';
import { AccountLinksService } from '../links/account-links.service.js';
import { sendAccountMailJob } from '../mail/send-account-mail.job.js';
import { OrganizationRepository } from '../organization.repository.js';
import { organizationErrors } from '../organizations.errors.js';
import { UserRepository } from '../user.repository.js';
import { NewPassword } from './new-password.js';

export interface ResetRequest {
  readonly organization: string | null;
  readonly username: string;
}

/** Longer than what is done for somebody who exists, so that the time tells nothing. */
const ANSWER_MS = 400;
const HOUR_SECONDS = 3600;
const PER_ACCOUNT_AND_HOUR = 5;
const PER_ADDRESS_AND_HOUR = 60;

@Injectable()
export class PasswordResetService {
  constructor(
    private readonly directory: IdentityDirectory,
    private readonly service: AccountLinksService,
    private readonly links: AccountLinkRepository,
    private readonly users: UserRepository,
    private readonly organizations: OrganizationRepository,
    private readonly sessions: SessionsService,
    private readonly newPassword: NewPassword,
    private readonly limiter: AttemptLimiter,
    private readonly queue: JobQueue,
    private readonly scope: TenantScope,
    private readonly audit: AuditTrail,
    private readonly logger: Logger,
  ) {}

  /**
   * The same answer after the same time, whether there is such a user or not.
   *
   * @throws DomainError `MAIL.NOT_CONFIGURED`, `ACCOUNT.TOO_MANY_MAILS`
   */
  async request(request: ResetRequest, origin: Origin): Promise<void> {
    this.service.assertMailable();
    const account = [request.organization, request.username.toLowerCase()];
    const windowSeconds = HOUR_SECONDS;
    const allowed = await this.limiter.take([
      { name: 'reset/account', who: account, max: PER_ACCOUNT_AND_HOUR, windowSeconds },
      { name: 'reset/address', who: [origin.ip], max: PER_ADDRESS_AND_HOUR, windowSeconds },
    ]);
    if (!allowed) throw organizationErrors.tooManyMails();
    // A fault would tell that there is such a user: it is for the log.
    const work = this.#send(request, origin).catch((error: unknown) =>
      this.logger.write('error', 'a password reset could not be sent', { error }),
    );
    await Promise.all([work, sleep(ANSWER_MS)]);
  }

  /** Sets the password, ends every session and every other reset link of the user. */
  async confirm(token: string, password: string, origin: Origin): Promise<void> {
    const { context, userId } = await this.service.redeem(
      token,
      'password_reset',
      origin.correlationId,
      async (context, link) => {
        const user = await this.users.findById(context, link.user_id ?? '');
        if (user?.is_active !== true) throw organizationErrors.linkInvalid();
        const organization = await this.organizations.getById(context, context.organizationId);
        if (!organization.is_active) throw organizationErrors.linkInvalid();
        user.password_hash = await this.newPassword.hash(password, user, organization);
        user.password_version += 1;
        user.must_change_password = false;
        await this.users.flush();
        await this.links.revoke(context, { kind: 'password_reset', user_id: user.id });
        await this.audit.record(context, {
          action: 'reset_own_password',
          resource_type: 'user',
          resource_id: user.id,
          ip: origin.ip,
        });
        return { context, userId: user.id };
      },
    );
    await this.scope.run(context, async () => {
      await this.sessions.endAllSessions(context, userId, 'password_changed');
      await this.queue.enqueue(context, sendAccountMailJob, {
        mail: 'password_changed' as const,
        id: userId,
      });
    });
  }

  async #send(request: ResetRequest, origin: Origin): Promise<void> {
    const found = await this.directory.findLogin(request.organization, request.username);
    if (found === null) return;
    const context = createSystemContext(
      found.organizationId,
      'password reset',
      origin.correlationId,
    );
    await this.scope.run(context, async () => {
      const user = await this.users.getById(context, found.userId);
      if (user.email === '') return;
      await this.links.revoke(context, { kind: 'password_reset', user_id: user.id });
      await this.service.send(context, {
        kind: 'password_reset',
        email: user.email,
        user_id: user.id,
      });
    });
  }
}
