import { Body, Controller, Get, Header, HttpCode, Post, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { FromOrigin, type Origin, Public } from '../../../core/auth/index.js';
import { formPage, messagePage } from '../../../core/http/index.js';
import { EmailChangeService } from '../account/email-change.service.js';
import { PasswordResetService } from '../account/password-reset.service.js';
import {
  AcceptInvitationBody,
  ConfirmEmailBody,
  ConfirmPasswordResetBody,
} from '../dto/account.request.js';
import { InvitationsService } from '../invitations/invitations.service.js';
import { LINK_FORMS, type LinkFormName } from './account-forms.js';
import { LinkPageFilter } from './link-page.filter.js';

const HTML = ['content-type', 'text/html; charset=utf-8'] as const;

/** The pages that mailed links lead to. They do what the endpoints of the same purpose do, for who has nothing but a browser. */
@ApiExcludeController()
@UseFilters(LinkPageFilter)
@Controller()
export class AccountPagesController {
  constructor(
    private readonly invitations: InvitationsService,
    private readonly resets: PasswordResetService,
    private readonly emails: EmailChangeService,
  ) {}

  @Get('accept-invitation')
  @Public()
  @Header(...HTML)
  invitation(): string {
    return formPage(LINK_FORMS['accept-invitation']);
  }

  @Post('accept-invitation')
  @HttpCode(200)
  @Public()
  @Header(...HTML)
  async accept(@Body() body: AcceptInvitationBody, @FromOrigin() origin: Origin): Promise<string> {
    await this.invitations.accept(body, origin);
    return done('accept-invitation');
  }

  @Get('reset-password')
  @Public()
  @Header(...HTML)
  newPassword(): string {
    return formPage(LINK_FORMS['reset-password']);
  }

  @Post('reset-password')
  @HttpCode(200)
  @Public()
  @Header(...HTML)
  async reset(
    @Body() body: ConfirmPasswordResetBody,
    @FromOrigin() origin: Origin,
  ): Promise<string> {
    await this.resets.confirm(body.token, body.new_password, origin);
    return done('reset-password');
  }

  @Get('confirm-address')
  @Public()
  @Header(...HTML)
  address(): string {
    return formPage(LINK_FORMS['confirm-address']);
  }

  @Post('confirm-address')
  @HttpCode(200)
  @Public()
  @Header(...HTML)
  async confirm(@Body() body: ConfirmEmailBody, @FromOrigin() origin: Origin): Promise<string> {
    await this.emails.confirm(body.token, origin);
    return done('confirm-address');
  }
}

function done(name: LinkFormName): string {
  const { title, text } = LINK_FORMS[name].done;
  return messagePage(title, [text], { href: './', label: 'Go on' });
}
