import { Controller, Get, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  FromOrigin,
  type Origin,
  Public,
  setRefreshCookie,
  TOKEN_EXAMPLE,
  TokenResponse,
  toTokenResponse,
} from '../../../core/auth/index.js';
import { Config } from '../../../core/config/index.js';
import { Operation } from '../../../core/http/index.js';
import { SsoPageFilter } from '../pages/sso-page.filter.js';
import { BeginSsoQuery } from '../dto/begin-sso.query.js';
import { ATTEMPT_SECONDS } from './sso-login-attempts.js';
import { SsoLoginService } from './sso-login.service.js';

/** The other half of the state. `Lax`, because the provider sends the browser back from another site. */
export const SSO_COOKIE = '__Secure-driftguard-sso';
const OPTIONS = {
  path: '/api/v1/auth/sso',
  httpOnly: true,
  secure: true,
  sameSite: 'lax',
} as const;

@ApiTags('auth')
@UseFilters(SsoPageFilter)
@Controller('auth/sso')
export class SsoLoginController {
  readonly #signedIn: string;

  constructor(
    config: Config,
    private readonly login: SsoLoginService,
  ) {
    this.#signedIn = new URL('/signed-in', config.get('PUBLIC_URL')).href;
  }

  @Get('login')
  @Public()
  @Operation({
    id: 'beginSingleSignOn',
    summary: 'Go to the identity provider of an organization',
    description:
      'For a browser to follow. It sets a cookie for ten minutes, without which the provider’s answer is worth nothing.',
    status: 302,
    response: null,
    public: true,
    errors: {
      400: 'REQUEST.INVALID, SSO.DISCOVERY_FAILED',
      404: 'SSO.NOT_CONFIGURED',
      429: 'SSO.TOO_MANY_ATTEMPTS',
      503: 'SSO.PROVIDER_UNREACHABLE',
    },
  })
  async begin(
    @Query() query: BeginSsoQuery,
    @FromOrigin() origin: Origin,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { organization, refresh_in } = query;
    const { url, binding } = await this.login.begin(
      organization ?? null,
      refresh_in ?? 'cookie',
      origin,
    );
    void reply.setCookie(SSO_COOKIE, binding, { ...OPTIONS, maxAge: ATTEMPT_SECONDS });
    await reply.redirect(url.href, 302);
  }

  @Get('callback')
  @Public()
  @ApiQuery({ name: 'state', required: true, description: 'As sent to the provider; works once.' })
  @ApiQuery({ name: 'code', required: false })
  @Operation({
    id: 'finishSingleSignOn',
    summary: 'Come back from the identity provider',
    description:
      'Register this address there. Begins a session: 303 to a page that says so, with the refresh token in a cookie, or, begun with refresh_in=body, 200 with the tokens. Who asks for text/html is told errors by a page.',
    response: TokenResponse,
    public: true,
    errors: {
      400: 'SSO.DISCOVERY_FAILED',
      401: 'SSO.STATE_INVALID, SSO.PROVIDER_REFUSED, SSO.TOKEN_INVALID',
      403: 'SSO.EMAIL_UNVERIFIED, SSO.DOMAIN_NOT_ALLOWED, SSO.ACCOUNT_EXISTS, SSO.NO_ACCOUNT, SSO.NO_ROLE, SSO.ACCOUNT_INACTIVE',
      404: 'SSO.NOT_CONFIGURED',
      409: 'USER.LAST_ADMINISTRATOR',
      429: 'SSO.TOO_MANY_ATTEMPTS',
      503: 'SSO.PROVIDER_UNREACHABLE, SSO.CLIENT_REFUSED',
    },
    example: TOKEN_EXAMPLE,
  })
  @ApiResponse({
    status: 303,
    description: 'To the page of who has signed in, with the refresh cookie.',
  })
  async finish(
    @Req() request: FastifyRequest,
    @FromOrigin() origin: Origin,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    void reply.clearCookie(SSO_COOKIE, OPTIONS);
    // The address has a code in it.
    void reply.header('referrer-policy', 'no-referrer');
    // Providers add parameters of their own; what counts is checked, whatever else there is.
    const query = new URL(request.url, this.#signedIn).searchParams;
    const binding = request.cookies[SSO_COOKIE] ?? '';
    const { issued, refreshIn } = await this.login.finish(query, binding, origin);
    if (refreshIn === 'body') {
      await reply.send(toTokenResponse(issued, false));
      return;
    }
    setRefreshCookie(reply, issued);
    await reply.redirect(this.#signedIn, 303);
  }
}
