import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Audited } from '../../../core/audit/index.js';
import {
  API_KEY_EXAMPLE,
  ApiKeyListResponse,
  ApiKeysService,
  CreateApiKeyBody,
  ISSUED_API_KEY_EXAMPLE,
  IssuedApiKeyResponse,
  RequirePermission,
  StepUp,
  Tenant,
  toApiKeyListResponse,
  toApiKeyRequest,
  toIssuedApiKeyResponse,
} from '../../../core/auth/index.js';
import type { TenantContext } from '../../../core/context/index.js';
import { Operation } from '../../../core/http/index.js';
import { ServiceAccountsService } from './service-accounts.service.js';

const KIND = 'service_account';

/** For administrators: the keys of a service account. */
@ApiTags('service-accounts')
@Controller('service-accounts/:service_account_id/api-keys')
export class ServiceAccountKeysController {
  constructor(
    private readonly accounts: ServiceAccountsService,
    private readonly keys: ApiKeysService,
  ) {}

  @Get()
  @RequirePermission('service_account:read')
  @Operation({
    id: 'listServiceAccountKeys',
    summary: 'The API keys of a service account',
    response: ApiKeyListResponse,
    errors: { 404: 'SERVICE_ACCOUNT.NOT_FOUND' },
    example: { data: [API_KEY_EXAMPLE] },
  })
  async list(
    @Tenant() context: TenantContext,
    @Param('service_account_id') accountId: string,
  ): Promise<ApiKeyListResponse> {
    const { id } = await this.accounts.get(context, accountId);
    return toApiKeyListResponse(await this.keys.listKeys(context, { kind: KIND, id }));
  }

  @Post()
  @RequirePermission('service_account:update')
  @StepUp()
  @Audited('create_service_account_key', 'service_account')
  @Operation({
    id: 'createServiceAccountKey',
    summary: 'A key for a service account; the answer has it, this once',
    description:
      'Sent as a bearer token it may do what its scopes and, at every request, the role of the account both allow.',
    status: 201,
    response: IssuedApiKeyResponse,
    errors: {
      403: 'API_KEY.SCOPE_NOT_HELD, AUTH.STEP_UP_REQUIRED, AUTH.SESSION_REQUIRED',
      404: 'SERVICE_ACCOUNT.NOT_FOUND',
      409: 'API_KEY.TOO_MANY',
    },
    example: ISSUED_API_KEY_EXAMPLE,
  })
  async create(
    @Tenant() context: TenantContext,
    @Param('service_account_id') accountId: string,
    @Body() body: CreateApiKeyBody,
  ): Promise<IssuedApiKeyResponse> {
    const account = await this.accounts.get(context, accountId);
    const request = toApiKeyRequest(body);
    return toIssuedApiKeyResponse(
      await this.keys.createServiceAccountKey(context, account, request),
    );
  }

  @Delete(':api_key_id')
  @HttpCode(204)
  @RequirePermission('service_account:update')
  @Audited('revoke_service_account_key', 'api_key')
  @Operation({
    id: 'revokeServiceAccountKey',
    summary: 'Refuse a key of a service account from now on',
    status: 204,
    response: null,
    errors: { 404: 'SERVICE_ACCOUNT.NOT_FOUND, API_KEY.NOT_FOUND' },
  })
  async revoke(
    @Tenant() context: TenantContext,
    @Param('service_account_id') accountId: string,
    @Param('api_key_id') keyId: string,
  ): Promise<void> {
    const { id } = await this.accounts.get(context, accountId);
    await this.keys.revokeKey(context, { kind: KIND, id }, keyId);
  }
}
