import { Module } from '@nestjs/common';
import { PasswordModule } from '../../core/auth/index.js';
import { FirstAdministratorService } from './first-administrator.js';
import { OrganizationSettingsRepository } from './organization-settings.repository.js';
import { OrganizationRepository } from './organization.repository.js';
import { OrganizationsController } from './organizations.controller.js';
import { OrganizationsService } from './organizations.service.js';
import { UserRepository } from './user.repository.js';
import { UsersController } from './users.controller.js';
import { UsersService } from './users.service.js';

@Module({
  imports: [PasswordModule],
  controllers: [OrganizationsController, UsersController],
  providers: [
    FirstAdministratorService,
    OrganizationRepository,
    OrganizationSettingsRepository,
    OrganizationsService,
    UserRepository,
    UsersService,
  ],
  exports: [FirstAdministratorService, OrganizationsService],
})
export class OrganizationsModule {}
