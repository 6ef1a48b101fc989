import { Injectable } from '@nestjs/common';
import { AuditPolicy } from '../../core/audit/index.js';
import type { TenantContext } from '../../core/context/index.js';
import { TenantSql } from '../../core/database/index.js';

/** Who may do what, and whether it is recorded, is itself always recorded. */
const ALWAYS = new Set([
  'organization',
  'settings',
  'user',
  'service_account',
  'api_key',
  'audit_log',
]);

/** `audit_logging` of the organization's settings. */
@Injectable()
export class OrganizationAuditPolicy extends AuditPolicy {
  constructor(private readonly sql: TenantSql) {
    super();
  }

  override async records(context: TenantContext, resourceType: string): Promise<boolean> {
    if (ALWAYS.has(resourceType)) return true;
    const [row] = await this.sql.read<{ audit_logging: boolean }>(
      context,
      'select audit_logging from organization_settings where organization_id = $1',
      [context.organizationId],
    );
    return row?.audit_logging ?? true;
  }
}
