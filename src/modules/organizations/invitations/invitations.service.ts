import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../../core/audit/index.js';
import type { Origin } from '../../../core/auth/index.js';
import type { Role, TenantContext } from '../../../core/context/index.js';
import { CursorCodec, type Page, toPage } from '../../../core/http/index.js';
import { NewPassword } from '../account/new-password.js';
import type { AccountLink } from '../links/account-link.entity.js';
import { AccountLinkRepository } from '../links/account-link.repository.js';
import { AccountLinksService } from '../links/account-links.service.js';
import { OrganizationRepository } from '../organization.repository.js';
import { organizationErrors } from '../organizations.errors.js';
import type { User } from '../user.entity.js';
import { UserRepository } from '../user.repository.js';

const LIST = 'invitations';

@Injectable()
export class InvitationsService {
  constructor(
    private readonly service: AccountLinksService,
    private readonly links: AccountLinkRepository,
    private readonly users: UserRepository,
    private readonly organizations: OrganizationRepository,
    private readonly newPassword: NewPassword,
    private readonly cursors: CursorCodec,
    private readonly audit: AuditTrail,
  ) {}

  /** Those that can still be accepted. */
  async listInvitations(
    context: TenantContext,
    page: { readonly page_size: number; readonly cursor?: string },
  ): Promise<Page<AccountLink>> {
    const [after] = page.cursor === undefined ? [null] : this.cursors.decode(LIST, page.cursor);
    const afterId = typeof after === 'string' ? after : null;
    const rows = await this.links.listOpen(context, 'invitation', afterId, page.page_size + 1);
    return toPage(rows, page.page_size, (last) => this.cursors.encode(LIST, [last.id]));
  }

  /** @throws DomainError `INVITATION.ALREADY_OPEN`, `MAIL.NOT_CONFIGURED` */
  async invite(
    context: TenantContext,
    invitation: { readonly email: string; readonly role: Role },
  ): Promise<AccountLink> {
    const { email } = invitation;
    if ((await this.links.findOpen(context, { kind: 'invitation', email })) !== null) {
      throw organizationErrors.alreadyInvited();
    }
    return this.service.send(context, { kind: 'invitation', ...invitation });
  }

  /** @throws DomainError `INVITATION.NOT_FOUND`, also for one that was accepted or is too old */
  async revoke(context: TenantContext, id: string): Promise<void> {
    const invitation = await this.links.getById(context, id);
    const revoked = await this.links.revoke(context, { id: invitation.id, kind: 'invitation' });
    if (revoked === 0) throw this.links.missing();
  }

  /**
   * Makes the user; the address is proven by the link.
   *
   * @throws DomainError `ACCOUNT.LINK_INVALID`, `USER.USERNAME_TAKEN`, `AUTH.WEAK_PASSWORD`: after the last two the
   * link still works
   */
  async accept(
    acceptance: { readonly token: string; readonly username: string; readonly password: string },
    origin: Origin,
  ): Promise<User> {
    const { token, username, password } = acceptance;
    try {
      return await this.service.redeem(
        token,
        'invitation',
        origin.correlationId,
        async (context, { email, role, created_by }) => {
          const organization = await this.organizations.getById(context, context.organizationId);
          if (!organization.is_active || role === null) throw organizationErrors.linkInvalid();
          const password_hash = await this.newPassword.hash(
            password,
            { username, email },
            organization,
          );
          const user = this.users.create(context, { username, email, role, password_hash });
          await this.users.flush();
          await this.audit.record(context, {
            action: 'accept_invitation',
            resource_type: 'user',
            resource_id: user.id,
            new_values: { username, email, role, invited_by: created_by },
            ip: origin.ip,
          });
          return user;
        },
      );
    } catch (error) {
      if (error instanceof UniqueConstraintViolationException) {
        throw organizationErrors.usernameTaken();
      }
      throw error;
    }
  }
}
