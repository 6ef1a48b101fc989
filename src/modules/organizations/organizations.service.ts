import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { noteValuesBefore, type TenantContext } from '../../core/context/index.js';
import type { OrganizationSettings } from './organization-settings.entity.js';
import { OrganizationSettingsRepository } from './organization-settings.repository.js';
import type { Organization } from './organization.entity.js';
import { OrganizationRepository } from './organization.repository.js';
import { organizationErrors } from './organizations.errors.js';

export type OrganizationChanges = Pick<Organization, 'name' | 'description' | 'contact_email'>;
export type SettingsChanges = Pick<
  OrganizationSettings,
  | 'drift_detection_enabled'
  | 'auto_analysis_enabled'
  | 'email_notifications'
  | 'slack_integration'
  | 'slack_webhook_url'
  | 'audit_logging'
  | 'session_timeout'
> &
  Partial<Pick<OrganizationSettings, 'two_factor_required'>>;

@Injectable()
export class OrganizationsService {
  constructor(
    private readonly organizations: OrganizationRepository,
    private readonly settings: OrganizationSettingsRepository,
  ) {}

  getOrganization(context: TenantContext, id: string): Promise<Organization> {
    return this.organizations.getById(context, id);
  }

  async updateOrganization(
    context: TenantContext,
    id: string,
    changes: OrganizationChanges,
  ): Promise<Organization> {
    const organization = await this.organizations.getById(context, id);
    const { name, description, contact_email } = organization;
    noteValuesBefore({ name, description, contact_email });
    Object.assign(organization, changes);
    try {
      await this.organizations.flush();
    } catch (error) {
      if (error instanceof UniqueConstraintViolationException) throw organizationErrors.nameTaken();
      throw error;
    }
    return organization;
  }

  async getSettings(context: TenantContext, organizationId: string): Promise<OrganizationSettings> {
    await this.organizations.getById(context, organizationId);
    const settings = await this.settings.getOrCreate(context);
    await this.settings.flush();
    return settings;
  }

  async updateSettings(
    context: TenantContext,
    organizationId: string,
    changes: SettingsChanges,
  ): Promise<OrganizationSettings> {
    await this.organizations.getById(context, organizationId);
    const settings = await this.settings.getOrCreate(context);
    const { two_factor_required = settings.two_factor_required, ...others } = changes;
    const next = { ...others, two_factor_required };
    noteValuesBefore(
      Object.fromEntries(
        Object.keys(next).map((name) => [name, settings[name as keyof SettingsChanges]]),
      ),
    );
    Object.assign(settings, next);
    await this.settings.flush();
    return settings;
  }
}
