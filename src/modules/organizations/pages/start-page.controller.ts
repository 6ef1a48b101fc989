import { Controller, Get, Header, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../../../core/auth/index.js';
import { formPage, messagePage } from '../../../core/http/index.js';

const HTML = ['content-type', 'text/html; charset=utf-8'] as const;

/** Where a browser begins, and where single sign-on ends. */
@ApiExcludeController()
@Controller()
export class StartPageController {
  @Get('/')
  @Public()
  @Header(...HTML)
  start(
    @Query('organization') organization: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): string {
    if (typeof organization === 'string' && organization !== '') {
      const href = `api/v1/auth/sso/login?organization=${encodeURIComponent(organization)}`;
      // Not by a redirect: browsers hold where a form is led to against form-action, and that is the provider.
      void reply.header('refresh', `0;url=${href}`);
      return messagePage('On the way to your identity provider', [], { href, label: 'Go on' });
    }
    return formPage({
      title: 'Sign in with your organization',
      lead: 'Where single sign-on is set up, your identity provider asks for the rest. Programs and the command line log in at the API: /docs describes it.',
      method: 'get',
      fields: [
        {
          name: 'organization',
          label: 'Organization',
          hint: 'Its short name, for example acme.',
          autocomplete: 'organization',
        },
      ],
      button: 'Sign in',
    });
  }

  @Get('signed-in')
  @Public()
  @Header(...HTML)
  signedIn(): string {
    return messagePage(
      'Signed in',
      [
        'Your identity provider vouched for you, and this browser has your session: POST /api/v1/auth/refresh with the header X-DriftGuard-CSRF: 1 answers an access token.',
        'A program gets its tokens directly when it begins with refresh_in=body.',
      ],
      { href: 'docs', label: 'The API' },
    );
  }
}
