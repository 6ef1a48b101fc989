import { EntityManager, TransactionPropagation } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { createSystemContext, type TenantContext } from '../../../core/context/index.js';
import { TenantScope } from '../../../core/database/index.js';
import { MailSender, mailErrors } from '../../../core/mail/index.js';
import { JobQueue } from '../../../core/queue/index.js';
import { sendAccountMailJob } from '../mail/send-account-mail.job.js';
import { organizationErrors } from '../organizations.errors.js';
import type { AccountLink, LinkKind } from './account-link.entity.js';
import { AccountLinkRepository } from './account-link.repository.js';
import { hashOfSecret, newLinkSecret, readLinkToken, writeLinkToken } from './link-token.js';

const HOUR_MS = 3_600_000;
const LIFE_MS: Readonly<Record<LinkKind, number>> = {
  invitation: 7 * 24 * HOUR_MS,
  password_reset: HOUR_MS,
  email_change: 24 * HOUR_MS,
};

export type NewLink = Pick<AccountLink, 'kind' | 'email'> &
  Partial<Pick<AccountLink, 'role' | 'user_id' | 'previous_email'>>;

/** Links that are mailed: made, sent by a job, redeemed once. */
@Injectable()
export class AccountLinksService {
  constructor(
    private readonly links: AccountLinkRepository,
    private readonly queue: JobQueue,
    private readonly mail: MailSender,
    private readonly scope: TenantScope,
    private readonly em: EntityManager,
  ) {}

  /** @throws DomainError `MAIL.NOT_CONFIGURED` */
  assertMailable(): void {
    if (!this.mail.configured) throw mailErrors.notConfigured();
  }

  /**
   * Writes the link and queues its mail. The request does not wait for the mail server; the token is made when the mail
   * is written, so it rests neither in the queue nor in the database.
   */
  async send(context: TenantContext, link: NewLink): Promise<AccountLink> {
    this.assertMailable();
    const created = this.links.create(context, {
      ...link,
      created_by: context.actor.id,
      expires_at: new Date(Date.now() + LIFE_MS[link.kind]),
    });
    await this.links.flush();
    await this.queue.enqueue(context, sendAccountMailJob, { mail: link.kind, id: created.id });
    return created;
  }

  /** For the job: a fresh token for a link that still works, else null. The mails sent before stop working. */
  async renewToken(
    context: TenantContext,
    id: string,
  ): Promise<{ readonly link: AccountLink; readonly token: string } | null> {
    const link = await this.links.findOpen(context, { id });
    if (link === null) return null;
    const secret = newLinkSecret();
    if (!(await this.links.setToken(context, id, hashOfSecret(secret)))) return null;
    const token = { organizationId: context.organizationId, linkId: id, secret };
    return { link, token: writeLinkToken(token) };
  }

  /**
   * Opens the scope of the link's organization, takes the link and does the work in one transaction: when the work
   * fails (a weak password), the link can be used again.
   *
   * @throws DomainError `ACCOUNT.LINK_INVALID` whatever was wrong: unknown, used, revoked, too old
   */
  async redeem<T>(
    text: string,
    kind: LinkKind,
    correlationId: string,
    work: (context: TenantContext, link: AccountLink) => Promise<T>,
  ): Promise<T> {
    const token = readLinkToken(text);
    if (token === null) throw organizationErrors.linkInvalid();
    const context = createSystemContext(token.organizationId, 'mailed link', correlationId);
    return this.scope.run(context, () =>
      this.em.transactional(
        async () => {
          const where = { id: token.linkId, kind, token_hash: hashOfSecret(token.secret) };
          const link = await this.links.findOpen(context, where);
          if (link === null || !(await this.links.takeOnce(context, where))) {
            throw organizationErrors.linkInvalid();
          }
          return work(context, link);
        },
        { propagation: TransactionPropagation.REQUIRED },
      ),
    );
  }
}
