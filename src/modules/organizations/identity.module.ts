import { Module } from '@nestjs/common';
import { AuditPolicy } from '../../core/audit/index.js';
import { IdentityDirectory } from '../../core/auth/index.js';
import { ActiveOrganizations } from '../../core/queue/index.js';
import { OrganizationAuditPolicy } from './organization-audit-policy.js';
import { UserDirectory } from './user-directory.js';

/** What core asks the organizations: who somebody is, whom work is done for, and what is to be recorded. */
@Module({
  providers: [
    { provide: IdentityDirectory, useClass: UserDirectory },
    { provide: ActiveOrganizations, useExisting: IdentityDirectory },
    { provide: AuditPolicy, useClass: OrganizationAuditPolicy },
  ],
  exports: [IdentityDirectory, ActiveOrganizations, AuditPolicy],
})
export class IdentityModule {}
