import { ApiProperty } from '@nestjs/swagger';
import type { OrganizationSettings } from '../organization-settings.entity.js';

export class SettingsResponse {
  @ApiProperty({ format: 'uuid' })
  organization!: string;

  @ApiProperty()
  drift_detection_enabled!: boolean;

  @ApiProperty()
  auto_analysis_enabled!: boolean;

  @ApiProperty()
  email_notifications!: boolean;

  @ApiProperty()
  slack_integration!: boolean;

  @ApiProperty()
  slack_webhook_url!: string;

  @ApiProperty({ description: 'Changes to people and settings are recorded in any case.' })
  audit_logging!: boolean;

  @ApiProperty({ description: 'Seconds.' })
  session_timeout!: number;

  @ApiProperty({
    description: 'Who logs in with a password may do nothing before they have a second factor.',
  })
  two_factor_required!: boolean;
}

export function toSettingsResponse(settings: OrganizationSettings): SettingsResponse {
  return {
    organization: settings.organization_id,
    drift_detection_enabled: settings.drift_detection_enabled,
    auto_analysis_enabled: settings.auto_analysis_enabled,
    email_notifications: settings.email_notifications,
    slack_integration: settings.slack_integration,
    slack_webhook_url: settings.slack_webhook_url,
    audit_logging: settings.audit_logging,
    session_timeout: settings.session_timeout,
    two_factor_required: settings.two_factor_required,
  };
}

export const SETTINGS_EXAMPLE: SettingsResponse = {
  organization: '01980a3e-0000-7000-8000-000000000000',
  drift_detection_enabled: true,
  auto_analysis_enabled: true,
  email_notifications: true,
  slack_integration: false,
  slack_webhook_url: '',
  audit_logging: true,
  session_timeout: 3600,
  two_factor_required: false,
};
