import { Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Audited } from '../../../core/audit/index.js';
import { RequirePermission, StepUp, Tenant } from '../../../core/auth/index.js';
import type { TenantContext } from '../../../core/context/index.js';
import { Operation } from '../../../core/http/index.js';
import { ConsentsService } from './consents.service.js';
import { DeletionService } from './deletion.service.js';
import { PersonalDataService } from './personal-data.service.js';
import {
  CONSENT_EXAMPLE,
  ConsentBody,
  ConsentListResponse,
  ConsentResponse,
  DELETION_EXAMPLE,
  DeletionResponse,
  DeletionStateResponse,
  toConsentResponse,
  toDeletionResponse,
} from './privacy.dto.js';
import { archiveFile } from './user-privacy.controller.js';

/** What everybody may ask for about themselves. */
@ApiTags('privacy')
@Controller('auth/me')
export class OwnPrivacyController {
  constructor(
    private readonly personalData: PersonalDataService,
    private readonly deletions: DeletionService,
    private readonly consents: ConsentsService,
  ) {}

  @Get('personal-data')
  @RequirePermission('account:read')
  @Audited('export_personal_data', 'user')
  @Operation({
    id: 'exportOwnPersonalData',
    summary: 'Everything there is about yourself, as one JSON document',
    response: null,
  })
  async export(@Tenant() context: TenantContext) {
    return archiveFile(await this.personalData.exportOf(context, ownId(context)));
  }

  @Get('deletion')
  @RequirePermission('account:read')
  @Operation({
    id: 'getAccountDeletion',
    summary: 'Whether the deletion of the own account is requested',
    response: DeletionStateResponse,
    example: { deletion: DELETION_EXAMPLE },
  })
  async getDeletion(@Tenant() context: TenantContext): Promise<DeletionStateResponse> {
    const request = await this.deletions.findOpen(context, ownId(context));
    return { deletion: request && toDeletionResponse(request) };
  }

  @Post('deletion')
  @RequirePermission('account:update')
  @StepUp()
  @Audited('request_account_deletion', 'user')
  @Operation({
    id: 'requestAccountDeletion',
    summary: 'Have the own account deleted, in 14 days',
    status: 201,
    response: DeletionResponse,
    errors: {
      403: 'AUTH.STEP_UP_REQUIRED',
      409: 'DELETION.ALREADY_REQUESTED, USER.LAST_ADMINISTRATOR',
    },
    example: DELETION_EXAMPLE,
  })
  async requestDeletion(@Tenant() context: TenantContext): Promise<DeletionResponse> {
    return toDeletionResponse(await this.deletions.request(context, ownId(context)));
  }

  @Delete('deletion')
  @HttpCode(204)
  @RequirePermission('account:update')
  @Audited('cancel_account_deletion', 'user')
  @Operation({
    id: 'cancelAccountDeletion',
    summary: 'Keep the own account',
    status: 204,
    response: null,
    errors: { 404: 'DELETION.NOT_REQUESTED' },
  })
  cancelDeletion(@Tenant() context: TenantContext): Promise<void> {
    return this.deletions.cancel(context, ownId(context));
  }

  @Get('consents')
  @RequirePermission('account:read')
  @Operation({
    id: 'listConsents',
    summary: 'What you agreed to, and when; the newest of a purpose counts',
    response: ConsentListResponse,
    example: { data: [CONSENT_EXAMPLE] },
  })
  async listConsents(@Tenant() context: TenantContext): Promise<ConsentListResponse> {
    return { data: (await this.consents.list(context)).map(toConsentResponse) };
  }

  @Post('consents')
  @RequirePermission('account:update')
  @Audited('record_consent', 'user')
  @Operation({
    id: 'recordConsent',
    summary: 'Agree to something, or withdraw it',
    status: 201,
    response: ConsentResponse,
    example: CONSENT_EXAMPLE,
  })
  async recordConsent(
    @Tenant() context: TenantContext,
    @Body() body: ConsentBody,
  ): Promise<ConsentResponse> {
    return toConsentResponse(await this.consents.record(context, body));
  }
}

function ownId(context: TenantContext): string {
  if (context.actor.id === null) throw new Error('the system has no personal data');
  return context.actor.id;
}
