import { MikroOrmModule } from '@mikro-orm/nestjs';
import { PostgreSqlDriver } from '@mikro-orm/postgresql';
import { type DynamicModule, Module } from '@nestjs/common';
import { Config } from '../config/index.js';
import { Logger } from '../logging/index.js';
import { DATABASE_CREDENTIALS, type DatabaseCredentials } from './database-credentials.js';
import { applicationOrmOptions, type Entities } from './orm-options.js';
import { SystemSql } from './system-sql.js';
import { TenantScope } from './tenant-scope.js';
import { TenantSql } from './tenant-sql.js';

@Module({})
export class DatabaseModule {
  /** `entities` of the whole product; each module exports its list and `app.module.ts` joins them. */
  static forRoot(entities: Entities): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      imports: [
        MikroOrmModule.forRootAsync({
          driver: PostgreSqlDriver,
          inject: [Config, Logger, DATABASE_CREDENTIALS],
          useFactory: (config: Config, logger: Logger, credentials: DatabaseCredentials) =>
            applicationOrmOptions(config, entities, logger, credentials),
        }),
      ],
      providers: [TenantScope, TenantSql, SystemSql],
      exports: [TenantScope, TenantSql, SystemSql],
    };
  }
}
