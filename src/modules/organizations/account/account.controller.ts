import { Body, Controller, HttpCode, Post } from '@nestjs/common';
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
import { Operation } from '../../../core/http/index.js';
import {
  ChangeEmailBody,
  ConfirmEmailBody,
  ConfirmPasswordResetBody,
  RegisterBody,
  RequestPasswordResetBody,
} from '../dto/account.request.js';
import {
  REGISTRATION_EXAMPLE,
  RegistrationResponse,
  toRegistrationResponse,
} from '../dto/invitation.response.js';
import { EmailChangeService } from './email-change.service.js';
import { PasswordResetService } from './password-reset.service.js';
import { RegistrationService } from './registration.service.js';

@ApiTags('auth')
@Controller('auth')
export class AccountController {
  constructor(
    private readonly registration: RegistrationService,
    private readonly resets: PasswordResetService,
    private readonly emails: EmailChangeService,
  ) {}

  @Post('register')
  @Public()
  @Operation({
    id: 'registerOrganization',
    summary: 'Register an organization and its first administrator',
    description: 'Where the operator allows it (REGISTRATION). Log in afterwards.',
    status: 201,
    response: RegistrationResponse,
    public: true,
    errors: {
      400: 'REQUEST.INVALID, AUTH.WEAK_PASSWORD',
      403: 'ORGANIZATION.REGISTRATION_CLOSED',
      409: 'ORGANIZATION.NAME_TAKEN, ORGANIZATION.SLUG_TAKEN',
      429: 'ORGANIZATION.TOO_MANY_REGISTRATIONS',
    },
    example: REGISTRATION_EXAMPLE,
  })
  async register(
    @Body() body: RegisterBody,
    @FromOrigin() origin: Origin,
  ): Promise<RegistrationResponse> {
    return toRegistrationResponse(await this.registration.register(body, origin));
  }

  @Post('password-reset')
  @HttpCode(202)
  @Public()
  @Operation({
    id: 'requestPasswordReset',
    summary: 'Mail a link to choose a new password',
    description: 'The answer is the same whether there is such a user or not.',
    status: 202,
    response: null,
    public: true,
    errors: { 429: 'ACCOUNT.TOO_MANY_MAILS', 503: 'MAIL.NOT_CONFIGURED' },
  })
  async requestReset(
    @Body() body: RequestPasswordResetBody,
    @FromOrigin() origin: Origin,
  ): Promise<void> {
    const { organization = null, username } = body;
    await this.resets.request({ organization, username }, origin);
  }

  @Post('password-reset/confirm')
  @HttpCode(204)
  @Public()
  @Operation({
    id: 'confirmPasswordReset',
    summary: 'Choose a new password with the mailed link',
    description: 'The link works once. Every session of the user ends; log in afterwards.',
    status: 204,
    response: null,
    public: true,
    errors: { 400: 'ACCOUNT.LINK_INVALID, AUTH.WEAK_PASSWORD' },
  })
  async confirmReset(
    @Body() body: ConfirmPasswordResetBody,
    @FromOrigin() origin: Origin,
  ): Promise<void> {
    await this.resets.confirm(body.token, body.new_password, origin);
  }

  @Post('email')
  @HttpCode(202)
  @RequirePermission('account:update')
  @StepUp()
  @Audited('request_email_change', 'user')
  @Operation({
    id: 'requestEmailChange',
    summary: 'Change the own mail address',
    description:
      'Mails a link to the new address and a notice to the old one; the address changes when the link is confirmed.',
    status: 202,
    response: null,
    errors: {
      400: 'REQUEST.INVALID, AUTH.WRONG_CURRENT_PASSWORD',
      403: 'AUTH.STEP_UP_REQUIRED',
      429: 'ACCOUNT.TOO_MANY_MAILS',
      503: 'MAIL.NOT_CONFIGURED',
    },
  })
  async requestEmail(
    @Tenant() context: TenantContext,
    @Body() body: ChangeEmailBody,
  ): Promise<void> {
    const change = { email: body.email, password: body.current_password };
    await this.emails.request(context, change);
  }

  @Post('email/confirm')
  @HttpCode(204)
  @Public()
  @Operation({
    id: 'confirmEmailChange',
    summary: 'Confirm the new mail address with the mailed link',
    status: 204,
    response: null,
    public: true,
    errors: { 400: 'ACCOUNT.LINK_INVALID' },
  })
  async confirmEmail(@Body() body: ConfirmEmailBody, @FromOrigin() origin: Origin): Promise<void> {
    await this.emails.confirm(body.token, origin);
  }
}
