import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
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
import { AccountPagesController } from './pages/account-pages.controller.js';
import { StartPageController } from './pages/start-page.controller.js';
import { PlatformOrganizationsController } from './platform/platform-organizations.controller.js';
import { PlatformOrganizationsService } from './platform/platform-organizations.service.js';
import { OidcClient } from './sso/oidc-client.js';
import { SsoAccountsService } from './sso/sso-accounts.service.js';
import { SsoConnectionRepository } from './sso/sso-connection.repository.js';
import { SsoConnectionsController } from './sso/sso-connections.controller.js';
import { SsoConnectionsService } from './sso/sso-connections.service.js';
import { SsoIdentityRepository } from './sso/sso-identity.repository.js';
import { SsoLoginAttempts } from './sso/sso-login-attempts.js';
import { SsoLoginController } from './sso/sso-login.controller.js';
import { SsoLoginService } from './sso/sso-login.service.js';
import { AnonymisationService } from './privacy/anonymisation.service.js';
import { ConsentsService } from './privacy/consents.service.js';
import { DeletionService } from './privacy/deletion.service.js';
import { Housekeeping } from './privacy/housekeeping.js';
import { OrganizationPrivacyController } from './privacy/organization-privacy.controller.js';
import { OwnPrivacyController } from './privacy/own-privacy.controller.js';
import { PersonalColumns } from './privacy/personal-columns.js';
import { PersonalDataService } from './privacy/personal-data.service.js';
import { ProcessingRecordsController } from './privacy/processing-records.controller.js';
import { PseudonymsInterceptor } from './privacy/pseudonyms.interceptor.js';
import { RetentionService } from './privacy/retention.service.js';
import { UserPrivacyController } from './privacy/user-privacy.controller.js';
import { ServiceAccountKeysController } from './service-accounts/service-account-keys.controller.js';
import { ServiceAccountRepository } from './service-accounts/service-account.repository.js';
import { ServiceAccountsController } from './service-accounts/service-accounts.controller.js';
import { ServiceAccountsService } from './service-accounts/service-accounts.service.js';
import { UserApiKeysController } from './user-api-keys.controller.js';
import { UserSessionsController } from './user-sessions.controller.js';
import { UserTwoFactorController } from './user-two-factor.controller.js';
import { UserRepository } from './user.repository.js';
import { UsersController } from './users.controller.js';
import { UsersService } from './users.service.js';

@Module({
  imports: [PasswordModule, IdentityModule],
  controllers: [
    AuditLogsController,
    UserPrivacyController,
    OwnPrivacyController,
    OrganizationPrivacyController,
    ProcessingRecordsController,
    OrganizationsController,
    UsersController,
    UserApiKeysController,
    UserSessionsController,
    UserTwoFactorController,
    AccountController,
    InvitationsController,
    SsoConnectionsController,
    SsoLoginController,
    PlatformOrganizationsController,
    ServiceAccountsController,
    ServiceAccountKeysController,
    AccountPagesController,
    StartPageController,
  ],
  providers: [
    AnonymisationService,
    ConsentsService,
    DeletionService,
    Housekeeping,
    PersonalColumns,
    PersonalDataService,
    RetentionService,
    { provide: APP_INTERCEPTOR, useClass: PseudonymsInterceptor },
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
    OidcClient,
    PlatformOrganizationsService,
    ServiceAccountRepository,
    ServiceAccountsService,
    SsoAccountsService,
    SsoConnectionRepository,
    SsoConnectionsService,
    SsoIdentityRepository,
    SsoLoginAttempts,
    SsoLoginService,
    UserRepository,
    UsersService,
  ],
  exports: [
    AnonymisationService,
    FirstAdministratorService,
    Housekeeping,
    OrganizationsService,
    UsersService,
  ],
})
export class OrganizationsModule {}
