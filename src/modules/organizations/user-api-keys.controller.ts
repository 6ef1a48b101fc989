import { Controller, Delete, Get, HttpCode, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Audited } from '../../core/audit/index.js';
import {
  API_KEY_EXAMPLE,
  ApiKeyListResponse,
  ApiKeysService,
  RequirePermission,
  Tenant,
  toApiKeyListResponse,
} from '../../core/auth/index.js';
import type { TenantContext } from '../../core/context/index.js';
import { Operation } from '../../core/http/index.js';
import { UsersService } from './users.service.js';

/** For administrators: the keys a user has made, and their end. */
@ApiTags('users')
@Controller('users/:id/api-keys')
export class UserApiKeysController {
  constructor(
    private readonly users: UsersService,
    private readonly keys: ApiKeysService,
  ) {}

  @Get()
  @RequirePermission('user:read')
  @Audited('read_user_api_keys', 'user')
  @Operation({
    id: 'listUserApiKeys',
    summary: 'The API keys of a user',
    response: ApiKeyListResponse,
    errors: { 404: 'USER.NOT_FOUND' },
    example: { data: [API_KEY_EXAMPLE] },
  })
  async list(
    @Tenant() context: TenantContext,
    @Param('id') userId: string,
  ): Promise<ApiKeyListResponse> {
    const { id } = await this.users.getUser(context, userId);
    return toApiKeyListResponse(await this.keys.listKeys(context, { kind: 'user', id }));
  }

  @Delete(':api_key_id')
  @HttpCode(204)
  @RequirePermission('user:update')
  @Audited('revoke_api_key', 'api_key')
  @Operation({
    id: 'revokeUserApiKey',
    summary: 'Refuse a key of a user from now on',
    status: 204,
    response: null,
    errors: { 404: 'USER.NOT_FOUND, API_KEY.NOT_FOUND' },
  })
  async revoke(
    @Tenant() context: TenantContext,
    @Param('id') userId: string,
    @Param('api_key_id') keyId: string,
  ): Promise<void> {
    const { id } = await this.users.getUser(context, userId);
    await this.keys.revokeKey(context, { kind: 'user', id }, keyId);
  }
}
