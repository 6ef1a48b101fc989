import { Controller, Delete, HttpCode, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Audited } from '../../core/audit/index.js';
import { RequirePermission, StepUp, Tenant, TwoFactorService } from '../../core/auth/index.js';
import type { TenantContext } from '../../core/context/index.js';
import { Operation } from '../../core/http/index.js';
import { UsersService } from './users.service.js';

/** For administrators: the way back in for who lost the app and the recovery codes. */
@ApiTags('users')
@Controller('users/:id/two-factor')
export class UserTwoFactorController {
  constructor(
    private readonly users: UsersService,
    private readonly twoFactor: TwoFactorService,
  ) {}

  @Delete()
  @HttpCode(204)
  @RequirePermission('user:update')
  @StepUp()
  @Audited('reset_two_factor', 'user')
  @Operation({
    id: 'resetUserTwoFactor',
    summary: 'Take the second factor off a user; their sessions end',
    status: 204,
    response: null,
    errors: { 403: 'AUTH.STEP_UP_REQUIRED', 404: 'USER.NOT_FOUND' },
  })
  async reset(@Tenant() context: TenantContext, @Param('id') id: string): Promise<void> {
    const user = await this.users.getUser(context, id);
    await this.twoFactor.reset(context, user.id);
  }
}
