import { Controller, Delete, Get, HttpCode, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Audited } from '../../audit/index.js';
import type { TenantContext } from '../../context/index.js';
import { Operation } from '../../http/index.js';
import { AllowedBeforePasswordChange, RequirePermission, Tenant } from '../access.decorators.js';
import {
  EndedSessionsResponse,
  SESSION_LIST_EXAMPLE,
  SessionListResponse,
  toSessionListResponse,
} from '../dto/session.response.js';
import { CurrentSessionOrNone } from '../request-principal.js';
import { SessionsService } from './sessions.service.js';

@ApiTags('auth')
@Controller('auth/sessions')
export class SessionsController {
  constructor(private readonly sessions: SessionsService) {}

  @Get()
  @RequirePermission('account:read')
  @Operation({
    id: 'listOwnSessions',
    summary: 'Where the own account is logged in',
    response: SessionListResponse,
    example: SESSION_LIST_EXAMPLE,
  })
  async list(
    @Tenant() context: TenantContext,
    @CurrentSessionOrNone() current: string | null,
  ): Promise<SessionListResponse> {
    const sessions = await this.sessions.listSessions(context, ownId(context));
    return toSessionListResponse(sessions, current);
  }

  @Delete()
  @HttpCode(200)
  @RequirePermission('account:update')
  @AllowedBeforePasswordChange()
  @Audited('end_all_sessions', 'user')
  @Operation({
    id: 'endOwnSessions',
    summary: 'Log out everywhere, here too',
    response: EndedSessionsResponse,
    example: { ended: 2 },
  })
  async endAll(@Tenant() context: TenantContext): Promise<EndedSessionsResponse> {
    return { ended: await this.sessions.endAllSessions(context, ownId(context), 'revoked') };
  }

  @Delete(':session_id')
  @HttpCode(204)
  @RequirePermission('account:update')
  @AllowedBeforePasswordChange()
  @Audited('end_session', 'session')
  @Operation({
    id: 'endOwnSession',
    summary: 'End one of the own sessions',
    status: 204,
    response: null,
    errors: { 404: 'SESSION.NOT_FOUND' },
  })
  async end(@Tenant() context: TenantContext, @Param('session_id') id: string): Promise<void> {
    await this.sessions.endSession(context, ownId(context), id);
  }
}

function ownId(context: TenantContext): string {
  if (context.actor.id === null) throw new Error('only a user has sessions');
  return context.actor.id;
}
