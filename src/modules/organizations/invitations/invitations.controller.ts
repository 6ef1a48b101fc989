import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Audited } from '../../../core/audit/index.js';
import {
  FromOrigin,
  type Origin,
  Public,
  RequirePermission,
  StepUp,
  Tenant,
} from '../../../core/auth/index.js';
import type { TenantContext } from '../../../core/context/index.js';
import { Operation, type Page, PageQuery } from '../../../core/http/index.js';
import { AcceptInvitationBody, InviteBody } from '../dto/account.request.js';
import {
  INVITATION_EXAMPLE,
  InvitationResponse,
  toInvitationResponse,
} from '../dto/invitation.response.js';
import { toUserResponse, USER_EXAMPLE, UserResponse } from '../dto/user.response.js';
import { InvitationsService } from './invitations.service.js';

@ApiTags('invitations')
@Controller('invitations')
export class InvitationsController {
  constructor(private readonly invitations: InvitationsService) {}

  @Get()
  @RequirePermission('user:read')
  @Audited('list_invitations', 'user')
  @Operation({
    id: 'listInvitations',
    summary: 'The invitations that can still be accepted, oldest first',
    response: InvitationResponse,
    list: true,
    errors: { 400: 'REQUEST.INVALID, REQUEST.CURSOR_INVALID' },
    example: {
      data: [INVITATION_EXAMPLE],
      pagination: { next_cursor: null, page_size: 50, has_more: false },
    },
  })
  async list(
    @Tenant() context: TenantContext,
    @Query() query: PageQuery,
  ): Promise<Page<InvitationResponse>> {
    const page = await this.invitations.listInvitations(context, query);
    return { data: page.data.map(toInvitationResponse), pagination: page.pagination };
  }

  @Post()
  @RequirePermission('user:create')
  @StepUp()
  @Audited('invite_user', 'invitation')
  @Operation({
    id: 'inviteUser',
    summary: 'Invite somebody by mail',
    description: 'The mail is sent by a worker; its link works once, for seven days.',
    status: 201,
    response: InvitationResponse,
    errors: {
      403: 'AUTH.STEP_UP_REQUIRED',
      409: 'INVITATION.ALREADY_OPEN',
      503: 'MAIL.NOT_CONFIGURED',
    },
    example: INVITATION_EXAMPLE,
  })
  async invite(@Tenant() context: TenantContext, @Body() body: InviteBody) {
    return toInvitationResponse(await this.invitations.invite(context, body));
  }

  @Delete(':invitation_id')
  @HttpCode(204)
  @RequirePermission('user:update')
  @Audited('revoke_invitation', 'invitation')
  @Operation({
    id: 'revokeInvitation',
    summary: 'Make the link of an invitation useless',
    status: 204,
    response: null,
    errors: { 404: 'INVITATION.NOT_FOUND' },
  })
  async revoke(
    @Tenant() context: TenantContext,
    @Param('invitation_id') id: string,
  ): Promise<void> {
    await this.invitations.revoke(context, id);
  }

  @Post('accept')
  @Public()
  @Operation({
    id: 'acceptInvitation',
    summary: 'Become a user with the mailed link',
    description: 'Log in afterwards.',
    status: 201,
    response: UserResponse,
    public: true,
    errors: {
      400: 'ACCOUNT.LINK_INVALID, AUTH.WEAK_PASSWORD',
      409: 'USER.USERNAME_TAKEN',
    },
    example: { ...USER_EXAMPLE, last_login: null },
  })
  async accept(@Body() body: AcceptInvitationBody, @FromOrigin() origin: Origin) {
    return toUserResponse(await this.invitations.accept(body, origin));
  }
}
