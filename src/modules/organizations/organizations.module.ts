import { Module } from '@nestjs/common';
import { PasswordModule } from '../../core/auth/index.js';
import { IdentityModule } from './identity.module.js';
import { AuditLogsController } from './audit/audit-logs.controller.js';
import { AccountController } from './account/account.controller.js';
import { EmailChangeService } from './account/email-change.service.js';
import { NewPassword } from './account/new-password.js';
import { PasswordResetService } from './account/password-reset.service.js';
import { RegistrationService } from './account/registration.service.js';
import { FirstAdministratorService } from './first-administrator.js';
import { InvitationsController } from './invitations/invitations.controller.js';
import { InvitationsService } from './invitations/invitations.service.js';
import { AccountLinkRepository } from './links/account-link.repository.js';
import { AccountLinksService } from './links/account-links.service.js';
import { SendAccountMailProcessor } from './mail/send-account-mail.processor.js';
import { OrganizationSettingsRepository } from './organization-settings.repository.js';
import { OrganizationRepository } from './organization.repository.js';
import { OrganizationsController } from './organizations.controller.js';
import { OrganizationsService } from './organizations.service.js';
import { UserSessionsController } from './user-sessions.controller.js';
import { UserRepository } from './user.repository.js';
import { UsersController } from './users.controller.js';
import { UsersService } from './users.service.js';

@Module({
  imports: [PasswordModule, IdentityModule],
  controllers: [
    AuditLogsController,
    OrganizationsController,
    UsersController,
    UserSessionsController,
    AccountController,
    InvitationsController,
  ],
  providers: [
    AccountLinkRepository,
    AccountLinksService,
    EmailChangeService,
    InvitationsService,
    NewPassword,
    PasswordResetService,
    RegistrationService,
    SendAccountMailProcessor,
    FirstAdministratorService,
    OrganizationRepository,
    OrganizationSettingsRepository,
    OrganizationsService,
    UserRepository,
    UsersService,
  ],
  exports: [FirstAdministratorService, OrganizationsService],
})
export class OrganizationsModule {}
