import { Module } from '@nestjs/common';
import { EnvironmentConnections } from './environment-connections.service.js';
import { EnvironmentCredentialsService } from './environment-credentials.service.js';
import { EnvironmentRepository } from './environment.repository.js';
import { EnvironmentsController } from './environments.controller.js';
import { ProveCredentialsService } from './prove-credentials.service.js';
import { EnvironmentsService } from './environments.service.js';

@Module({
  controllers: [EnvironmentsController],
  providers: [
    EnvironmentsService,
    EnvironmentRepository,
    EnvironmentCredentialsService,
    EnvironmentConnections,
    ProveCredentialsService,
  ],
  exports: [EnvironmentRepository, EnvironmentConnections],
})
export class EnvironmentsModule {}
