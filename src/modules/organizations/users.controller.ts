import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Audited } from '../../core/audit/index.js';
import { RequirePermission, StepUp, Tenant } from '../../core/auth/index.js';
import type { TenantContext } from '../../core/context/index.js';
import { Operation, type Page, PageQuery } from '../../core/http/index.js';
import { CreateUserBody } from './dto/create-user.request.js';
import { UpdateUserBody } from './dto/update-user.request.js';
import {
  toUserResponse,
  toUserWithInitialPasswordResponse,
  USER_EXAMPLE,
  UserResponse,
  UserWithInitialPasswordResponse,
} from './dto/user.response.js';
import { UsersService } from './users.service.js';

const INITIAL_PASSWORD_EXAMPLE = {
  ...USER_EXAMPLE,
  must_change_password: true,
  last_login: null,
  initial_password: 'kP3vD0mBqXw8s2LhTz5R',
};

@ApiTags('users')
@Controller('users')
export class UsersController {
  constructor(private readonly users: UsersService) {}

  @Get()
  @RequirePermission('user:read')
  @Audited('list_users', 'user')
  @Operation({
    id: 'listUsers',
    summary: 'The users of the own organization, oldest first',
    response: UserResponse,
    list: true,
    errors: { 400: 'REQUEST.INVALID, REQUEST.CURSOR_INVALID' },
    example: {
      data: [USER_EXAMPLE],
      pagination: { next_cursor: null, page_size: 50, has_more: false },
    },
  })
  async list(
    @Tenant() context: TenantContext,
    @Query() query: PageQuery,
  ): Promise<Page<UserResponse>> {
    const page = await this.users.listUsers(context, query);
    return { data: page.data.map(toUserResponse), pagination: page.pagination };
  }

  @Post()
  @RequirePermission('user:create')
  @StepUp()
  @Audited('create_user', 'user')
  @Operation({
    id: 'createUser',
    summary: 'Add a user; the answer has the initial password',
    status: 201,
    response: UserWithInitialPasswordResponse,
    errors: { 403: 'AUTH.STEP_UP_REQUIRED', 409: 'USER.USERNAME_TAKEN' },
    example: INITIAL_PASSWORD_EXAMPLE,
  })
  async create(@Tenant() context: TenantContext, @Body() body: CreateUserBody) {
    return toUserWithInitialPasswordResponse(await this.users.createUser(context, body));
  }

  @Get(':id')
  @RequirePermission('user:read')
  @Audited('read_user', 'user')
  @Operation({
    id: 'getUser',
    summary: 'One user',
    response: UserResponse,
    errors: { 404: 'USER.NOT_FOUND' },
    example: USER_EXAMPLE,
  })
  async get(@Tenant() context: TenantContext, @Param('id') id: string) {
    return toUserResponse(await this.users.getUser(context, id));
  }

  @Put(':id')
  @RequirePermission('user:update')
  @StepUp()
  @Audited('update_user', 'user')
  @Operation({
    id: 'updateUser',
    summary: 'Change role, mail address or activity of a user',
    response: UserResponse,
    errors: {
      403: 'AUTH.STEP_UP_REQUIRED',
      404: 'USER.NOT_FOUND',
      409: 'USER.LAST_ADMINISTRATOR, USER.BREAK_GLASS',
    },
    example: USER_EXAMPLE,
  })
  async update(
    @Tenant() context: TenantContext,
    @Param('id') id: string,
    @Body() body: UpdateUserBody,
  ) {
    return toUserResponse(await this.users.updateUser(context, id, body));
  }

  @Post(':id/reset-password')
  @HttpCode(200)
  @RequirePermission('user:update')
  @StepUp()
  @Audited('reset_password', 'user')
  @Operation({
    id: 'resetUserPassword',
    summary: 'Give a user a new initial password',
    response: UserWithInitialPasswordResponse,
    errors: { 404: 'USER.NOT_FOUND' },
    example: INITIAL_PASSWORD_EXAMPLE,
  })
  async resetPassword(@Tenant() context: TenantContext, @Param('id') id: string) {
    return toUserWithInitialPasswordResponse(await this.users.resetPassword(context, id));
  }
}
