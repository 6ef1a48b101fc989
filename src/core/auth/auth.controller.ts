import { Body, Controller, Get, HttpCode, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Audited } from '../audit/index.js';
import type { TenantContext } from '../context/index.js';
import { Operation } from '../http/index.js';
import {
  AllowedBeforePasswordChange,
  Public,
  RequirePermission,
  Tenant,
} from './access.decorators.js';
import { AuthService } from './auth.service.js';
import { AccountResponse, toAccountResponse } from './dto/account.response.js';
import { ChangePasswordBody } from './dto/change-password.request.js';
import { LoginBody } from './dto/login.request.js';
import { TokenResponse, toTokenResponse } from './dto/token.response.js';

@ApiTags('auth')
@Controller('auth')
export class AuthController {
  constructor(private readonly auth: AuthService) {}

  @Post('login')
  @HttpCode(200)
  @Public()
  @Operation({
    id: 'login',
    summary: 'Log in with a password',
    response: TokenResponse,
    public: true,
    errors: { 401: 'AUTH.INVALID_CREDENTIALS', 429: 'AUTH.TOO_MANY_ATTEMPTS' },
    example: {
      access_token: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9…',
      token_type: 'Bearer',
      expires_in: 3600,
      must_change_password: false,
    },
  })
  async login(@Body() body: LoginBody, @Req() request: FastifyRequest): Promise<TokenResponse> {
    const login = await this.auth.login(
      {
        organization: body.organization ?? null,
        username: body.username,
        password: body.password,
      },
      { correlationId: request.id, ip: request.ip },
    );
    return toTokenResponse(login, login.mustChangePassword);
  }

  @Post('change-password')
  @HttpCode(200)
  @RequirePermission('account:update')
  @AllowedBeforePasswordChange()
  @Audited('change_password', 'user')
  @Operation({
    id: 'changePassword',
    summary: 'Change the own password',
    description: 'Answers a new access token; the ones issued before are refused from then on.',
    response: TokenResponse,
    errors: { 400: 'AUTH.WEAK_PASSWORD, AUTH.WRONG_CURRENT_PASSWORD' },
    example: {
      access_token: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9…',
      token_type: 'Bearer',
      expires_in: 3600,
      must_change_password: false,
    },
  })
  async changePassword(
    @Tenant() context: TenantContext,
    @Body() body: ChangePasswordBody,
  ): Promise<TokenResponse> {
    const token = await this.auth.changePassword(context, {
      current: body.current_password,
      next: body.new_password,
    });
    return toTokenResponse(token, false);
  }

  @Get('me')
  @RequirePermission('account:read')
  @AllowedBeforePasswordChange()
  @Operation({
    id: 'getAccount',
    summary: 'Who the token belongs to and what it may do',
    response: AccountResponse,
    example: {
      id: '01980a3e-0000-7000-8000-000000000001',
      username: 'admin',
      role: 'admin',
      organization: '01980a3e-0000-7000-8000-000000000000',
      permissions: ['account:read', 'drift:read'],
    },
  })
  me(@Tenant() context: TenantContext): AccountResponse {
    return toAccountResponse(context);
  }
}
