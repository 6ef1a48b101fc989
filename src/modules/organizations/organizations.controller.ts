import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Audited } from '../../core/audit/index.js';
import { RequirePermission, StepUp, Tenant } from '../../core/auth/index.js';
import type { TenantContext } from '../../core/context/index.js';
import { Operation } from '../../core/http/index.js';
import {
  ORGANIZATION_EXAMPLE,
  OrganizationResponse,
  toOrganizationResponse,
} from './dto/organization.response.js';
import { SETTINGS_EXAMPLE, SettingsResponse, toSettingsResponse } from './dto/settings.response.js';
import { UpdateOrganizationBody } from './dto/update-organization.request.js';
import { UpdateSettingsBody } from './dto/update-settings.request.js';
import { OrganizationsService } from './organizations.service.js';

@ApiTags('organizations')
@Controller('organizations')
export class OrganizationsController {
  constructor(private readonly organizations: OrganizationsService) {}

  @Get(':id')
  @RequirePermission('organization:read')
  @Operation({
    id: 'getOrganization',
    summary: 'The own organization',
    response: OrganizationResponse,
    errors: { 404: 'ORGANIZATION.NOT_FOUND' },
    example: ORGANIZATION_EXAMPLE,
  })
  async get(@Tenant() context: TenantContext, @Param('id') id: string) {
    return toOrganizationResponse(await this.organizations.getOrganization(context, id));
  }

  @Put(':id')
  @RequirePermission('organization:update')
  @Audited('update_organization', 'organization')
  @Operation({
    id: 'updateOrganization',
    summary: 'Change the own organization',
    response: OrganizationResponse,
    errors: { 404: 'ORGANIZATION.NOT_FOUND', 409: 'ORGANIZATION.NAME_TAKEN' },
    example: ORGANIZATION_EXAMPLE,
  })
  async update(
    @Tenant() context: TenantContext,
    @Param('id') id: string,
    @Body() body: UpdateOrganizationBody,
  ) {
    return toOrganizationResponse(await this.organizations.updateOrganization(context, id, body));
  }

  @Get(':id/settings')
  @RequirePermission('settings:read')
  @Operation({
    id: 'getOrganizationSettings',
    summary: 'The settings of the own organization',
    response: SettingsResponse,
    errors: { 404: 'ORGANIZATION.NOT_FOUND' },
    example: SETTINGS_EXAMPLE,
  })
  async getSettings(@Tenant() context: TenantContext, @Param('id') id: string) {
    return toSettingsResponse(await this.organizations.getSettings(context, id));
  }

  @Put(':id/settings')
  @RequirePermission('settings:update')
  @StepUp()
  @Audited('update_settings', 'settings')
  @Operation({
    id: 'updateOrganizationSettings',
    summary: 'Replace the settings of the own organization',
    response: SettingsResponse,
    errors: { 403: 'AUTH.STEP_UP_REQUIRED', 404: 'ORGANIZATION.NOT_FOUND' },
    example: SETTINGS_EXAMPLE,
  })
  async updateSettings(
    @Tenant() context: TenantContext,
    @Param('id') id: string,
    @Body() body: UpdateSettingsBody,
  ) {
    return toSettingsResponse(await this.organizations.updateSettings(context, id, body));
  }
}
