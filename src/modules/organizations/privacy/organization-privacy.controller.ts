import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Audited } from '../../../core/audit/index.js';
import { RequirePermission, StepUp, Tenant } from '../../../core/auth/index.js';
import type { TenantContext } from '../../../core/context/index.js';
import { Operation } from '../../../core/http/index.js';
import { OrganizationsService } from '../organizations.service.js';
import { DeletionService } from './deletion.service.js';
import {
  DELETION_EXAMPLE,
  DeletionResponse,
  DeletionStateResponse,
  RETENTION_EXAMPLE,
  RetentionBody,
  toDeletionResponse,
} from './privacy.dto.js';
import { RetentionService } from './retention.service.js';

@ApiTags('privacy')
@Controller('organizations/:id')
export class OrganizationPrivacyController {
  constructor(
    private readonly organizations: OrganizationsService,
    private readonly deletions: DeletionService,
    private readonly retention: RetentionService,
  ) {}

  @Get('retention')
  @RequirePermission('settings:read')
  @Operation({
    id: 'getRetention',
    summary: 'How many days what is kept',
    response: RetentionBody,
    errors: { 404: 'ORGANIZATION.NOT_FOUND' },
    example: RETENTION_EXAMPLE,
  })
  async getRetention(@Tenant() context: TenantContext, @Param('id') id: string) {
    await this.organizations.getOrganization(context, id);
    return this.retention.getPolicy(context);
  }

  @Put('retention')
  @RequirePermission('settings:update')
  @StepUp()
  @Audited('update_retention', 'settings')
  @Operation({
    id: 'updateRetention',
    summary: 'Replace how many days what is kept',
    description: 'The next daily run removes what is older then, for good.',
    response: RetentionBody,
    errors: { 403: 'AUTH.STEP_UP_REQUIRED', 404: 'ORGANIZATION.NOT_FOUND' },
    example: RETENTION_EXAMPLE,
  })
  async updateRetention(
    @Tenant() context: TenantContext,
    @Param('id') id: string,
    @Body() body: RetentionBody,
  ) {
    await this.organizations.getOrganization(context, id);
    return this.retention.setPolicy(context, body);
  }

  @Get('deletion')
  @RequirePermission('settings:read')
  @Operation({
    id: 'getOrganizationDeletion',
    summary: 'Whether the deletion of the organization is requested',
    response: DeletionStateResponse,
    errors: { 404: 'ORGANIZATION.NOT_FOUND' },
    example: { deletion: DELETION_EXAMPLE },
  })
  async getDeletion(
    @Tenant() context: TenantContext,
    @Param('id') id: string,
  ): Promise<DeletionStateResponse> {
    await this.organizations.getOrganization(context, id);
    const request = await this.deletions.findOpen(context, null);
    return { deletion: request && toDeletionResponse(request) };
  }

  @Post('deletion')
  @RequirePermission('organization:delete')
  @StepUp()
  @Audited('request_organization_deletion', 'organization')
  @Operation({
    id: 'requestOrganizationDeletion',
    summary: 'Have the organization and everything in it deleted, in 14 days',
    status: 201,
    response: DeletionResponse,
    errors: {
      403: 'AUTH.STEP_UP_REQUIRED',
      404: 'ORGANIZATION.NOT_FOUND',
      409: 'DELETION.ALREADY_REQUESTED',
    },
    example: DELETION_EXAMPLE,
  })
  async requestDeletion(
    @Tenant() context: TenantContext,
    @Param('id') id: string,
  ): Promise<DeletionResponse> {
    await this.organizations.getOrganization(context, id);
    return toDeletionResponse(await this.deletions.request(context, null));
  }

  @Delete('deletion')
  @HttpCode(204)
  @RequirePermission('organization:delete')
  @Audited('cancel_organization_deletion', 'organization')
  @Operation({
    id: 'cancelOrganizationDeletion',
    summary: 'Keep the organization',
    status: 204,
    response: null,
    errors: { 404: 'ORGANIZATION.NOT_FOUND, DELETION.NOT_REQUESTED' },
  })
  async cancelDeletion(@Tenant() context: TenantContext, @Param('id') id: string): Promise<void> {
    await this.organizations.getOrganization(context, id);
    await this.deletions.cancel(context, null);
  }
}
