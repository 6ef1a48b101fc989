import { Controller, Delete, Get, HttpCode, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Audited } from '../../core/audit/index.js';
import {
  CurrentSessionOrNone,
  EndedSessionsResponse,
  RequirePermission,
  SESSION_LIST_EXAMPLE,
  SessionListResponse,
  SessionsService,
  Tenant,
  toSessionListResponse,
} from '../../core/auth/index.js';
import type { TenantContext } from '../../core/context/index.js';
import { Operation } from '../../core/http/index.js';
import { UsersService } from './users.service.js';

/** For administrators: where a user is logged in, and the end of it. */
@ApiTags('users')
@Controller('users/:id/sessions')
export class UserSessionsController {
  constructor(
    private readonly users: UsersService,
    private readonly sessions: SessionsService,
  ) {}

  @Get()
  @RequirePermission('user:read')
  @Audited('read_user_sessions', 'user')
  @Operation({
    id: 'listUserSessions',
    summary: 'Where a user is logged in',
    response: SessionListResponse,
    errors: { 404: 'USER.NOT_FOUND' },
    example: SESSION_LIST_EXAMPLE,
  })
  async list(
    @Tenant() context: TenantContext,
    @Param('id') id: string,
    @CurrentSessionOrNone() current: string | null,
  ): Promise<SessionListResponse> {
    const user = await this.users.getUser(context, id);
    return toSessionListResponse(await this.sessions.listSessions(context, user.id), current);
  }

  @Delete()
  @HttpCode(200)
  @RequirePermission('user:update')
  @Audited('end_all_sessions', 'user')
  @Operation({
    id: 'endUserSessions',
    summary: 'Log a user out everywhere',
    response: EndedSessionsResponse,
    errors: { 404: 'USER.NOT_FOUND' },
    example: { ended: 2 },
  })
  async endAll(
    @Tenant() context: TenantContext,
    @Param('id') id: string,
  ): Promise<EndedSessionsResponse> {
    const user = await this.users.getUser(context, id);
    return { ended: await this.sessions.endAllSessions(context, user.id, 'revoked') };
  }
}
