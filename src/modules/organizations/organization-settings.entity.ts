import type { Opt } from '@mikro-orm/core';
import { Property, Unique } from '@mikro-orm/decorators/legacy';
import { TenantEntity, TenantOwnedEntity } from '../../core/database/index.js';

export const DEFAULT_SESSION_SECONDS = 3600;

/** One row per organization. */
@TenantEntity<typeof OrganizationSettings>({
  tableName: 'organization_settings',
  systemMayRead: true,
  loginMayRead: true,
})
@Unique({ name: 'organization_settings_organization', properties: ['organization_id'] })
export class OrganizationSettings extends TenantOwnedEntity {
  @Property({ type: 'boolean', default: true })
  drift_detection_enabled: Opt<boolean> = true;

  @Property({ type: 'boolean', default: true })
  auto_analysis_enabled: Opt<boolean> = true;

  @Property({ type: 'boolean', default: true })
  email_notifications: Opt<boolean> = true;

  @Property({ type: 'boolean', default: false })
  slack_integration: Opt<boolean> = false;

  /** Whoever knows it can post to the channel: shown to administrators only and masked in the audit log. */
  @Property({ type: 'string', length: 500, default: '' })
  slack_webhook_url: Opt<string> = '';

  /** Whether changes to drifts, environments and code are audited; changes to people and settings always are. */
  @Property({ type: 'boolean', default: true })
  audit_logging: Opt<boolean> = true;

  /** Seconds an access token lives, at most; see also ACCESS_TOKEN_SECONDS. */
  @Property({ type: 'integer', default: DEFAULT_SESSION_SECONDS })
  session_timeout: Opt<number> = DEFAULT_SESSION_SECONDS;

  /** Who logs in with a password may do nothing before they have a second factor. */
  @Property({ type: 'boolean', default: false })
  two_factor_required: Opt<boolean> = false;
}
