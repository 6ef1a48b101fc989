import { Body, Controller, Delete, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Audited } from '../../audit/index.js';
import type { TenantContext } from '../../context/index.js';
import { Operation } from '../../http/index.js';
import { AllowedBeforeTwoFactor, RequirePermission, StepUp, Tenant } from '../access.decorators.js';
import { CodeBody, DisableTwoFactorBody, EnrolBody } from '../dto/two-factor.request.js';
import {
  ENROLMENT_EXAMPLE,
  EnrolmentResponse,
  RECOVERY_CODES_EXAMPLE,
  RecoveryCodesResponse,
  toEnrolmentResponse,
  toTwoFactorResponse,
  TWO_FACTOR_EXAMPLE,
  TwoFactorResponse,
} from '../dto/two-factor.response.js';
import { CurrentSession } from '../request-principal.js';
import { TwoFactorService } from './two-factor.service.js';

@ApiTags('auth')
@Controller('auth')
export class TwoFactorController {
  constructor(private readonly twoFactor: TwoFactorService) {}

  @Get('two-factor')
  @RequirePermission('account:read')
  @AllowedBeforeTwoFactor()
  @Operation({
    id: 'getTwoFactor',
    summary: 'Whether the own account has a second factor',
    response: TwoFactorResponse,
    example: TWO_FACTOR_EXAMPLE,
  })
  async read(@Tenant() context: TenantContext): Promise<TwoFactorResponse> {
    return toTwoFactorResponse(await this.twoFactor.status(context));
  }

  @Post('two-factor')
  @RequirePermission('account:update')
  @AllowedBeforeTwoFactor()
  @Audited('begin_two_factor', 'user')
  @Operation({
    id: 'beginTwoFactor',
    summary: 'A secret for an authenticator app (TOTP)',
    description:
      'Counts when its first code is confirmed; asked again before, it answers another secret. The password is needed unless the session was opened by single sign-on.',
    status: 201,
    response: EnrolmentResponse,
    errors: {
      400: 'AUTH.WRONG_CURRENT_PASSWORD',
      409: 'AUTH.TWO_FACTOR_ENABLED',
      429: 'AUTH.TOO_MANY_ATTEMPTS',
    },
    example: ENROLMENT_EXAMPLE,
  })
  async enrol(
    @Tenant() context: TenantContext,
    @CurrentSession() sessionId: string,
    @Body() body: EnrolBody,
  ): Promise<EnrolmentResponse> {
    const enrolment = await this.twoFactor.enrol(context, sessionId, body.password ?? null);
    return toEnrolmentResponse(enrolment);
  }

  @Put('two-factor')
  @RequirePermission('account:update')
  @AllowedBeforeTwoFactor()
  @Audited('enable_two_factor', 'user')
  @Operation({
    id: 'confirmTwoFactor',
    summary: 'Confirm the app with its first code; the answer has the recovery codes',
    response: RecoveryCodesResponse,
    errors: {
      400: 'AUTH.WRONG_CODE',
      409: 'AUTH.TWO_FACTOR_ENABLED, AUTH.TWO_FACTOR_NOT_BEGUN',
      429: 'AUTH.TOO_MANY_CODES',
    },
    example: RECOVERY_CODES_EXAMPLE,
  })
  async confirm(
    @Tenant() context: TenantContext,
    @CurrentSession() sessionId: string,
    @Body() body: CodeBody,
  ): Promise<RecoveryCodesResponse> {
    return { recovery_codes: await this.twoFactor.confirm(context, sessionId, body.otp_code) };
  }

  @Delete('two-factor')
  @HttpCode(204)
  @RequirePermission('account:update')
  @Audited('disable_two_factor', 'user')
  @Operation({
    id: 'disableTwoFactor',
    summary: 'Give up the second factor, with password and code',
    status: 204,
    response: null,
    errors: {
      400: 'AUTH.WRONG_CODE, AUTH.WRONG_CURRENT_PASSWORD',
      429: 'AUTH.TOO_MANY_CODES, AUTH.TOO_MANY_ATTEMPTS',
    },
  })
  async disable(
    @Tenant() context: TenantContext,
    @CurrentSession() sessionId: string,
    @Body() body: DisableTwoFactorBody,
  ): Promise<void> {
    const proof = { password: body.password ?? null, code: body.otp_code };
    await this.twoFactor.disable(context, sessionId, proof);
  }

  @Post('two-factor/recovery-codes')
  @HttpCode(200)
  @RequirePermission('account:update')
  @StepUp()
  @Audited('regenerate_recovery_codes', 'user')
  @Operation({
    id: 'regenerateRecoveryCodes',
    summary: 'Ten new recovery codes; the old ones are refused from then on',
    response: RecoveryCodesResponse,
    errors: { 403: 'AUTH.STEP_UP_REQUIRED', 409: 'AUTH.TWO_FACTOR_NOT_BEGUN' },
    example: RECOVERY_CODES_EXAMPLE,
  })
  async regenerate(@Tenant() context: TenantContext): Promise<RecoveryCodesResponse> {
    return { recovery_codes: await this.twoFactor.regenerateRecoveryCodes(context) };
  }

  @Post('step-up')
  @HttpCode(204)
  @RequirePermission('account:update')
  @AllowedBeforeTwoFactor()
  @Audited('step_up', 'user')
  @Operation({
    id: 'stepUp',
    summary: 'Prove the second factor again',
    description:
      'For the ten minutes after it this session may do what answers AUTH.STEP_UP_REQUIRED without it.',
    status: 204,
    response: null,
    errors: { 400: 'AUTH.WRONG_CODE', 429: 'AUTH.TOO_MANY_CODES' },
  })
  async stepUp(
    @Tenant() context: TenantContext,
    @CurrentSession() sessionId: string,
    @Body() body: CodeBody,
  ): Promise<void> {
    await this.twoFactor.stepUp(context, sessionId, body.otp_code);
  }
}
