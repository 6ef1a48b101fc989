import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Audited } from '../../../core/audit/index.js';
import { RequirePermission, StepUp, Tenant } from '../../../core/auth/index.js';
import type { TenantContext } from '../../../core/context/index.js';
import { Operation } from '../../../core/http/index.js';
import { ReplaceSsoBody, toSsoSettings } from '../dto/replace-sso.request.js';
import { SSO_EXAMPLE, SsoResponse, toSsoResponse } from '../dto/sso.response.js';
import { SsoConnectionsService } from './sso-connections.service.js';

const MISSING = 'ORGANIZATION.NOT_FOUND, SSO.NOT_CONFIGURED';

@ApiTags('organizations')
@Controller('organizations/:id/sso')
export class SsoConnectionsController {
  constructor(private readonly connections: SsoConnectionsService) {}

  @Get()
  @RequirePermission('settings:read')
  @Operation({
    id: 'getSingleSignOn',
    summary: 'How the organization logs in by an OpenID provider',
    response: SsoResponse,
    errors: { 404: MISSING },
    example: SSO_EXAMPLE,
  })
  async get(@Tenant() context: TenantContext, @Param('id') id: string): Promise<SsoResponse> {
    return toSsoResponse(await this.connections.getConnection(context, id));
  }

  @Put()
  @RequirePermission('settings:update')
  @StepUp()
  @Audited('update_single_sign_on', 'settings')
  @Operation({
    id: 'replaceSingleSignOn',
    summary: 'Set up single sign-on',
    description:
      'The provider is asked for its metadata first; what it does not answer is not saved.',
    response: SsoResponse,
    errors: {
      403: 'AUTH.STEP_UP_REQUIRED',
      400: 'REQUEST.INVALID, SSO.ISSUER_INSECURE, SSO.DISCOVERY_FAILED, SSO.SECRET_NEEDED, SSO.BREAK_GLASS_NEEDED, OUTBOUND.HOST_FORBIDDEN, OUTBOUND.HOST_UNKNOWN',
      404: 'ORGANIZATION.NOT_FOUND',
      503: 'SSO.PROVIDER_UNREACHABLE',
    },
    example: SSO_EXAMPLE,
  })
  async replace(
    @Tenant() context: TenantContext,
    @Param('id') id: string,
    @Body() body: ReplaceSsoBody,
  ): Promise<SsoResponse> {
    const secret = body.client_secret ?? null;
    return toSsoResponse(
      await this.connections.replaceConnection(context, id, toSsoSettings(body), secret),
    );
  }

  @Delete()
  @HttpCode(204)
  @RequirePermission('settings:update')
  @StepUp()
  @Audited('delete_single_sign_on', 'settings')
  @Operation({
    id: 'deleteSingleSignOn',
    summary: 'Give single sign-on up',
    description: 'Passwords work again. Sessions that were begun by it go on.',
    status: 204,
    response: null,
    errors: { 403: 'AUTH.STEP_UP_REQUIRED', 404: MISSING },
  })
  async delete(@Tenant() context: TenantContext, @Param('id') id: string): Promise<void> {
    await this.connections.deleteConnection(context, id);
  }
}
