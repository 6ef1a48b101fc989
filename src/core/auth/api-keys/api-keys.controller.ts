import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Audited } from '../../audit/index.js';
import type { TenantContext } from '../../context/index.js';
import { Operation } from '../../http/index.js';
import { RequirePermission, StepUp, Tenant } from '../access.decorators.js';
import {
  API_KEY_EXAMPLE,
  ApiKeyListResponse,
  CreateApiKeyBody,
  ISSUED_API_KEY_EXAMPLE,
  IssuedApiKeyResponse,
  toApiKeyListResponse,
  toApiKeyRequest,
  toIssuedApiKeyResponse,
} from '../dto/api-key.js';
import { CurrentSession } from '../request-principal.js';
import { ApiKeysService, ownerOf } from './api-keys.service.js';

/** Everybody's own keys; those of service accounts are administrators' matter. */
@ApiTags('api-keys')
@Controller('auth/api-keys')
export class ApiKeysController {
  constructor(private readonly keys: ApiKeysService) {}

  @Get()
  @RequirePermission('account:read')
  @Operation({
    id: 'listOwnApiKeys',
    summary: 'The API keys of the own account',
    response: ApiKeyListResponse,
    example: { data: [API_KEY_EXAMPLE] },
  })
  async list(@Tenant() context: TenantContext): Promise<ApiKeyListResponse> {
    return toApiKeyListResponse(await this.keys.listKeys(context, ownerOf(context)));
  }

  @Post()
  @RequirePermission('account:update')
  @StepUp()
  @Audited('create_api_key', 'api_key')
  @Operation({
    id: 'createOwnApiKey',
    summary: 'A key for programs; the answer has it, this once',
    description:
      'Sent as a bearer token it may do what its scopes and, at every request, the role of its owner both allow.',
    status: 201,
    response: IssuedApiKeyResponse,
    errors: {
      403: 'API_KEY.SCOPE_NOT_HELD, AUTH.STEP_UP_REQUIRED, AUTH.SESSION_REQUIRED',
      409: 'API_KEY.TOO_MANY',
    },
    example: ISSUED_API_KEY_EXAMPLE,
  })
  async create(
    @Tenant() context: TenantContext,
    @CurrentSession() sessionId: string,
    @Body() body: CreateApiKeyBody,
  ): Promise<IssuedApiKeyResponse> {
    const request = toApiKeyRequest(body);
    return toIssuedApiKeyResponse(await this.keys.createOwnKey(context, sessionId, request));
  }

  @Delete(':api_key_id')
  @HttpCode(204)
  @RequirePermission('account:update')
  @Audited('revoke_api_key', 'api_key')
  @Operation({
    id: 'revokeOwnApiKey',
    summary: 'Refuse one of the own keys from now on',
    status: 204,
    response: null,
    errors: { 404: 'API_KEY.NOT_FOUND' },
  })
  async revoke(@Tenant() context: TenantContext, @Param('api_key_id') id: string): Promise<void> {
    await this.keys.revokeKey(context, ownerOf(context), id);
  }
}
