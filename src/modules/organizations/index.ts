import { AccountLink } from './links/account-link.entity.js';
import { sendAccountMailJob } from './mail/send-account-mail.job.js';
import { OrganizationSettings } from './organization-settings.entity.js';
import { Organization } from './organization.entity.js';
import { SsoConnection } from './sso/sso-connection.entity.js';
import { SsoIdentity } from './sso/sso-identity.entity.js';
import { Consent } from './privacy/consent.entity.js';
import { DeletionRequest } from './privacy/deletion-request.entity.js';
import { ProcessingRecord } from './privacy/processing-record.entity.js';
import { RetentionPolicy } from './privacy/retention-policy.entity.js';
import { ServiceAccount } from './service-accounts/service-account.entity.js';
import { User } from './user.entity.js';

export {
  type FirstAdministrator,
  type FirstAdministratorRequest,
  FirstAdministratorService,
} from './first-administrator.js';
export { IdentityModule } from './identity.module.js';
export { OrganizationsModule } from './organizations.module.js';
export { PlatformOrganizationsService } from './platform/platform-organizations.service.js';
export { OrganizationsService } from './organizations.service.js';
export { AnonymisationService } from './privacy/anonymisation.service.js';
export { Housekeeping, type RetentionReport } from './privacy/housekeeping.js';
export { UsersService } from './users.service.js';
export { AccountLink, Organization, OrganizationSettings, SsoConnection, SsoIdentity, User };
export const organizationEntities = [
  Organization,
  OrganizationSettings,
  User,
  AccountLink,
  Consent,
  DeletionRequest,
  ProcessingRecord,
  RetentionPolicy,
  ServiceAccount,
  SsoConnection,
  SsoIdentity,
] as const;
export const organizationJobs = [sendAccountMailJob] as const;
