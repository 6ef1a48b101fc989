import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Audited } from '../audit/index.js';
import type { TenantContext } from '../context/index.js';
import { Operation } from '../http/index.js';
import {
  AllowedBeforePasswordChange,
  Public,
  RequirePermission,
  Tenant,
} from './access.decorators.js';
import { authErrors } from './auth.errors.js';
import { AuthService } from './auth.service.js';
import { AccountResponse, toAccountResponse } from './dto/account.response.js';
import { ChangePasswordBody } from './dto/change-password.request.js';
import { LoginBody } from './dto/login.request.js';
import { RefreshBody } from './dto/refresh.request.js';
import type { RefreshDelivery } from './dto/refresh-delivery.js';
import { TOKEN_EXAMPLE, TokenResponse, toTokenResponse } from './dto/token.response.js';
import { SecondFactorLoginBody } from './dto/two-factor.request.js';
import {
  CHALLENGE_EXAMPLE,
  ChallengeResponse,
  toChallengeResponse,
} from './dto/two-factor.response.js';
import { SecondFactorLogin } from './login/second-factor-login.js';
import { CurrentSession, FromOrigin } from './request-principal.js';
import {
  clearRefreshCookie,
  CSRF_HEADER,
  refreshCookieOf,
  setRefreshCookie,
} from './sessions/refresh-cookie.js';
import { type IssuedSession, SessionService } from './sessions/session.service.js';
import { type Origin, SessionStore } from './sessions/session-store.js';

@ApiTags('auth')
@Controller('auth')
export class AuthController {
  constructor(
    private readonly auth: AuthService,
    private readonly sessions: SessionService,
    private readonly store: SessionStore,
    private readonly secondFactor: SecondFactorLogin,
  ) {}

  @Post('login')
  @HttpCode(200)
  @Public()
  @Operation({
    id: 'login',
    summary: 'Log in with a password',
    description:
      'Begins a session: a short access token, and a refresh token that works once. The answer to a wrong login is the same whatever was wrong. Who has a second factor is answered 202 with a challenge for POST /api/v1/auth/login/second-factor.',
    response: TokenResponse,
    public: true,
    errors: {
      401: 'AUTH.INVALID_CREDENTIALS',
      403: 'AUTH.SSO_REQUIRED',
      429: 'AUTH.TOO_MANY_ATTEMPTS',
    },
    example: TOKEN_EXAMPLE,
  })
  @ApiResponse({
    status: 202,
    description: 'The password is right; the second factor is awaited.',
    type: ChallengeResponse,
    example: CHALLENGE_EXAMPLE,
  })
  async login(
    @Body() body: LoginBody,
    @FromOrigin() origin: Origin,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TokenResponse | ChallengeResponse> {
    const login = {
      organization: body.organization ?? null,
      username: body.username,
      password: body.password,
    };
    const begun = await this.auth.login(login, origin);
    if ('session' in begun) return deliver(begun.session, body, reply);
    void reply.status(202);
    return toChallengeResponse(begun.challenge);
  }

  @Post('login/second-factor')
  @HttpCode(200)
  @Public()
  @Operation({
    id: 'loginSecondFactor',
    summary: 'The second step of a login: a code of the app, or a recovery code',
    description: 'A challenge works once, and so does a code.',
    response: TokenResponse,
    public: true,
    errors: {
      400: 'AUTH.WRONG_CODE',
      401: 'AUTH.CHALLENGE_OVER',
      429: 'AUTH.TOO_MANY_CODES',
    },
    example: TOKEN_EXAMPLE,
  })
  async loginSecondFactor(
    @Body() body: SecondFactorLoginBody,
    @FromOrigin() origin: Origin,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TokenResponse> {
    const session = await this.secondFactor.answer(body.challenge_token, body.otp_code, origin);
    return deliver(session, body, reply);
  }

  @Post('refresh')
  @HttpCode(200)
  @Public()
  @ApiHeader({
    name: CSRF_HEADER,
    required: false,
    description: 'Any value; needed with the cookie.',
    example: '1',
  })
  @Operation({
    id: 'refreshSession',
    summary: 'The next access token and the next refresh token',
    description:
      'A refresh token works once. Using one a second time ends the session for everybody who has a token of it. The loser of two requests of one client at the same moment is answered 409 and goes on with the tokens of the other one.',
    response: TokenResponse,
    public: true,
    errors: { 401: 'AUTH.SESSION_ENDED', 403: 'AUTH.CSRF', 409: 'AUTH.REFRESH_RACED' },
    example: TOKEN_EXAMPLE,
  })
  async refresh(
    @Body() body: RefreshBody,
    @FromOrigin() origin: Origin,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TokenResponse> {
    if (body.refresh_token !== undefined) {
      return toTokenResponse(await this.sessions.refresh(body.refresh_token, origin), false);
    }
    const cookie = refreshCookieOf(request);
    if (cookie === null) throw authErrors.sessionEnded();
    return deliver(await this.sessions.refresh(cookie, origin), { refresh_in: 'cookie' }, reply);
  }

  @Post('logout')
  @HttpCode(204)
  @RequirePermission('account:update')
  @AllowedBeforePasswordChange()
  @Audited('logout', 'user')
  @Operation({
    id: 'logout',
    summary: 'End the session of this token',
    description: 'Its access and refresh tokens are refused from then on; the cookie is deleted.',
    status: 204,
    response: null,
  })
  async logout(
    @Tenant() context: TenantContext,
    @CurrentSession() sessionId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.store.end(context.organizationId, sessionId, 'logout');
    clearRefreshCookie(reply);
  }

  @Post('change-password')
  @HttpCode(200)
  @RequirePermission('account:update')
  @AllowedBeforePasswordChange()
  @Audited('change_password', 'user')
  @Operation({
    id: 'changePassword',
    summary: 'Change the own password',
    description:
      'Ends every session of the user and answers the tokens of a new one; all issued before are refused from then on.',
    response: TokenResponse,
    errors: { 400: 'AUTH.WEAK_PASSWORD, AUTH.WRONG_CURRENT_PASSWORD' },
    example: TOKEN_EXAMPLE,
  })
  async changePassword(
    @Tenant() context: TenantContext,
    @Body() body: ChangePasswordBody,
    @FromOrigin() origin: Origin,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TokenResponse> {
    const passwords = { current: body.current_password, next: body.new_password };
    return deliver(await this.auth.changePassword(context, passwords, origin), body, reply);
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

function deliver(
  issued: IssuedSession,
  { refresh_in }: RefreshDelivery,
  reply: FastifyReply,
): TokenResponse {
  const inCookie = refresh_in === 'cookie';
  if (inCookie) setRefreshCookie(reply, issued);
  return toTokenResponse(issued, inCookie);
}
