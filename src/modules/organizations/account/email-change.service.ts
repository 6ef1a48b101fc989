import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../../core/audit/index.js';
import { authErrors, type Origin, PasswordHasher } from '../../../core/auth/index.js';
import type { TenantContext } from '../../../core/context/index.js';
import { TenantScope } from '../../../core/database/index.js';
import { JobQueue } from '../../../core/queue/index.js';
import { AttemptLimiter } from '../../../core/redis/index.js';
import { AccountLinkRepository } from '../links/account-link.repository.js';
import { AccountLinksService } from '../links/account-links.service.js';
import { type AccountMail, sendAccountMailJob } from '../mail/send-account-mail.job.js';
import { organizationErrors } from '../organizations.errors.js';
import { UserRepository } from '../user.repository.js';

const PER_USER_AND_HOUR = 5;

/** The own mail address: the new one is used once it is confirmed, the old one is told about both. */
@Injectable()
export class EmailChangeService {
  constructor(
    private readonly service: AccountLinksService,
    private readonly links: AccountLinkRepository,
    private readonly users: UserRepository,
    private readonly passwords: PasswordHasher,
    private readonly limiter: AttemptLimiter,
    private readonly queue: JobQueue,
    private readonly scope: TenantScope,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws DomainError `AUTH.WRONG_CURRENT_PASSWORD`, `MAIL.NOT_CONFIGURED`, `ACCOUNT.TOO_MANY_MAILS` */
  async request(
    context: TenantContext,
    change: { readonly email: string; readonly password: string },
  ): Promise<void> {
    this.service.assertMailable();
    const user = await this.users.getById(context, context.actor.id ?? '');
    const limit = { name: 'email-change', who: [context.organizationId, user.id] };
    const attempt = { ...limit, max: PER_USER_AND_HOUR, windowSeconds: 3600 };
    if (!(await this.limiter.take([attempt]))) throw organizationErrors.tooManyMails();
    const hash = await this.users.passwordHash(context, user.id);
    if (!(await this.passwords.verify(hash, change.password))) {
      throw authErrors.wrongCurrentPassword();
    }
    await this.links.revoke(context, { kind: 'email_change', user_id: user.id });
    const link = await this.service.send(context, {
      kind: 'email_change',
      email: change.email,
      previous_email: user.email,
      user_id: user.id,
    });
    await this.#notice(context, 'email_change_requested', link.id);
  }

  async confirm(token: string, origin: Origin): Promise<void> {
    const done = await this.service.redeem(
      token,
      'email_change',
      origin.correlationId,
      async (context, link) => {
        const user = await this.users.findById(context, link.user_id ?? '');
        if (user?.is_active !== true) throw organizationErrors.linkInvalid();
        const old = user.email;
        user.email = link.email;
        await this.users.flush();
        // A reset link that is under way to the old address must not open the account any more.
        await this.links.revoke(context, { kind: 'password_reset', user_id: user.id });
        await this.audit.record(context, {
          action: 'change_email',
          resource_type: 'user',
          resource_id: user.id,
          old_values: { email: old },
          new_values: { email: link.email },
          ip: origin.ip,
        });
        return { context, linkId: link.id };
      },
    );
    await this.scope.run(done.context, () =>
      this.#notice(done.context, 'email_changed', done.linkId),
    );
  }

  async #notice(context: TenantContext, mail: AccountMail, id: string): Promise<void> {
    await this.queue.enqueue(context, sendAccountMailJob, { mail, id });
  }
}
