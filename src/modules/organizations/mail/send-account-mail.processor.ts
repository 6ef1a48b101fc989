import { Config } from '../../../core/config/index.js';
import type { TenantContext } from '../../../core/context/index.js';
import { MailSender } from '../../../core/mail/index.js';
import { type JobProcessor, ProcessesJob } from '../../../core/queue/index.js';
import type { AccountLink } from '../links/account-link.entity.js';
import { AccountLinkRepository } from '../links/account-link.repository.js';
import { AccountLinksService } from '../links/account-links.service.js';
import { OrganizationRepository } from '../organization.repository.js';
import { UserRepository } from '../user.repository.js';
import { accountMail } from './account-mail.js';
import {
  type AccountMail,
  sendAccountMailJob,
  type SendAccountMailPayload,
} from './send-account-mail.job.js';

/** What has become pointless meanwhile (a revoked invitation, a removed user) is not sent. */
@ProcessesJob(sendAccountMailJob)
export class SendAccountMailProcessor implements JobProcessor<SendAccountMailPayload> {
  constructor(
    private readonly config: Config,
    private readonly sender: MailSender,
    private readonly service: AccountLinksService,
    private readonly links: AccountLinkRepository,
    private readonly users: UserRepository,
    private readonly organizations: OrganizationRepository,
  ) {}

  async process(context: TenantContext, { mail, id }: SendAccountMailPayload): Promise<void> {
    switch (mail) {
      case 'invitation':
      case 'password_reset':
      case 'email_change':
        return this.#sendLink(context, mail, id);
      case 'email_change_requested':
      case 'email_changed': {
        const link = await this.links.findById(context, id);
        return this.#send(context, mail, link?.previous_email ?? '', link, null);
      }
      case 'password_changed': {
        const user = await this.users.findById(context, id);
        return this.#send(context, mail, user?.email ?? '', null, null);
      }
    }
  }

  async #sendLink(context: TenantContext, mail: AccountMail, id: string): Promise<void> {
    const renewed = await this.service.renewToken(context, id);
    if (renewed === null) return;
    await this.#send(context, mail, renewed.link.email, renewed.link, renewed.token);
    await this.links.noteSent(context, id);
  }

  async #send(
    context: TenantContext,
    mail: AccountMail,
    to: string,
    link: AccountLink | null,
    token: string | null,
  ): Promise<void> {
    if (to === '') return;
    const organization = await this.organizations.getById(context, context.organizationId);
    await this.sender.send(
      accountMail(mail, {
        to,
        organization: organization.name,
        slug: organization.slug,
        newAddress: link?.email ?? '',
        expiresAt: link?.expires_at ?? null,
        token,
        publicUrl: this.config.get('PUBLIC_URL'),
      }),
    );
  }
}
