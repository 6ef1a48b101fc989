import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { AuditModule } from './core/audit/index.js';
import { AuthModule } from './core/auth/index.js';
import { type Config, ConfigModule } from './core/config/index.js';
import { DatabaseModule } from './core/database/index.js';
import { HealthModule } from './core/health/index.js';
import { HttpModule } from './core/http/index.js';
import { LoggingModule } from './core/logging/index.js';
import { MetricsModule } from './core/metrics/index.js';
import { type AnyJobDefinition, QueueModule } from './core/queue/index.js';
import { QueueBoardModule } from './core/queue-board/index.js';
import { RedisModule } from './core/redis/index.js';
import { ENTITIES } from './entities.js';
import { InventoriesModule } from './inventories.module.js';
import { MailModule } from './mail.module.js';
import { driftJobs, DriftsModule } from './modules/drifts/index.js';
import { EnvironmentsModule } from './modules/environments/index.js';
import { IacModule } from './modules/iac/index.js';
import {
  IdentityModule,
  organizationJobs,
  OrganizationsModule,
} from './modules/organizations/index.js';
import { SecretsModule } from './secrets.module.js';

/** The rooms of the product, in the order of architecture.md; a new one is one line here. */
const MODULES: (Type | DynamicModule)[] = [
  OrganizationsModule,
  EnvironmentsModule,
  IacModule,
  DriftsModule.forRoot({ inventories: [InventoriesModule] }),
];

/** Every job of the product: each module exports its list. */
const JOBS: AnyJobDefinition[] = [...organizationJobs, ...driftJobs];

/** One module graph for API, worker and commands; what differs is what they start. */
@Module({})
export class AppModule {
  static forRoot(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(config),
        LoggingModule,
        SecretsModule,
        MetricsModule,
        DatabaseModule.forRoot(ENTITIES),
        RedisModule,
        MailModule,
        AuditModule.forRoot({ imports: [IdentityModule] }),
        AuthModule.forRoot({ imports: [IdentityModule] }),
        QueueModule.forRoot(JOBS, { imports: [IdentityModule] }),
        QueueBoardModule,
        HttpModule,
        HealthModule,
        ...MODULES,
      ],
    };
  }
}
