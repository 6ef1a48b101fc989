import { Module } from '@nestjs/common';
import { AuditPolicy } from '../../core/audit/index.js';
import { IdentityDirectory } from '../../core/auth/index.js';
import { OrganizationAuditPolicy } from './organization-audit-policy.js';
import { UserDirectory } from './user-directory.js';

/** What core asks the organizations: who somebody is, and what is to be recorded. */
@Module({
  providers: [
    { provide: IdentityDirectory, useClass: UserDirectory },
    { provide: AuditPolicy, useClass: OrganizationAuditPolicy },
  ],
  exports: [IdentityDirectory, AuditPolicy],
})
export class IdentityModule {}
