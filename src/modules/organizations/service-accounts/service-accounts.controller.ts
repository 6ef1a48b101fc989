import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Audited } from '../../../core/audit/index.js';
import { RequirePermission, StepUp, Tenant } from '../../../core/auth/index.js';
import type { TenantContext } from '../../../core/context/index.js';
import { Operation, type Page, PageQuery } from '../../../core/http/index.js';
import {
  CreateServiceAccountBody,
  SERVICE_ACCOUNT_EXAMPLE,
  ServiceAccountResponse,
  toServiceAccountResponse,
  UpdateServiceAccountBody,
} from './service-account.dto.js';
import { ServiceAccountsService } from './service-accounts.service.js';

const STEP_UP = 'AUTH.STEP_UP_REQUIRED, AUTH.SESSION_REQUIRED';
const NOT_FOUND = { 404: 'SERVICE_ACCOUNT.NOT_FOUND' };

/** For administrators: programs that call the API. */
@ApiTags('service-accounts')
@Controller('service-accounts')
export class ServiceAccountsController {
  constructor(private readonly accounts: ServiceAccountsService) {}

  @Get()
  @RequirePermission('service_account:read')
  @Operation({
    id: 'listServiceAccounts',
    summary: 'The service accounts of the organization, oldest first',
    response: ServiceAccountResponse,
    list: true,
    errors: { 400: 'REQUEST.INVALID, REQUEST.CURSOR_INVALID' },
    example: {
      data: [SERVICE_ACCOUNT_EXAMPLE],
      pagination: { next_cursor: null, page_size: 50, has_more: false },
    },
  })
  async list(
    @Tenant() context: TenantContext,
    @Query() query: PageQuery,
  ): Promise<Page<ServiceAccountResponse>> {
    const page = await this.accounts.list(context, query);
    return { data: page.data.map(toServiceAccountResponse), pagination: page.pagination };
  }

  @Post()
  @RequirePermission('service_account:create')
  @StepUp()
  @Audited('create_service_account', 'service_account')
  @Operation({
    id: 'createServiceAccount',
    summary: 'Add a service account; it does nothing until it has an API key',
    status: 201,
    response: ServiceAccountResponse,
    errors: { 403: STEP_UP, 409: 'SERVICE_ACCOUNT.NAME_TAKEN' },
    example: SERVICE_ACCOUNT_EXAMPLE,
  })
  async create(
    @Tenant() context: TenantContext,
    @Body() body: CreateServiceAccountBody,
  ): Promise<ServiceAccountResponse> {
    return toServiceAccountResponse(await this.accounts.create(context, body));
  }

  @Get(':service_account_id')
  @RequirePermission('service_account:read')
  @Operation({
    id: 'getServiceAccount',
    summary: 'One service account',
    response: ServiceAccountResponse,
    errors: NOT_FOUND,
    example: SERVICE_ACCOUNT_EXAMPLE,
  })
  async get(
    @Tenant() context: TenantContext,
    @Param('service_account_id') id: string,
  ): Promise<ServiceAccountResponse> {
    return toServiceAccountResponse(await this.accounts.get(context, id));
  }

  @Put(':service_account_id')
  @RequirePermission('service_account:update')
  @StepUp()
  @Audited('update_service_account', 'service_account')
  @Operation({
    id: 'updateServiceAccount',
    summary: 'Change role, description or activity of a service account',
    description: 'Holds from the next request of its keys on.',
    response: ServiceAccountResponse,
    errors: { 403: STEP_UP, ...NOT_FOUND },
    example: SERVICE_ACCOUNT_EXAMPLE,
  })
  async update(
    @Tenant() context: TenantContext,
    @Param('service_account_id') id: string,
    @Body() body: UpdateServiceAccountBody,
  ): Promise<ServiceAccountResponse> {
    return toServiceAccountResponse(await this.accounts.update(context, id, body));
  }

  @Delete(':service_account_id')
  @HttpCode(204)
  @RequirePermission('service_account:delete')
  @Audited('delete_service_account', 'service_account')
  @Operation({
    id: 'deleteServiceAccount',
    summary: 'Delete a service account; its keys are refused from then on',
    status: 204,
    response: null,
    errors: NOT_FOUND,
  })
  async delete(
    @Tenant() context: TenantContext,
    @Param('service_account_id') id: string,
  ): Promise<void> {
    await this.accounts.delete(context, id);
  }
}
