import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Config } from './core/config/index.js';
import {
  KEY_RING,
  MASTER_KEY_STORE,
  type MasterKeyStore,
  SensitiveValues,
} from './core/crypto/index.js';
import { DATABASE_CREDENTIALS } from './core/database/index.js';
import { HEALTH_CHECKS } from './core/health/index.js';
import { Logger } from './core/logging/index.js';
import { type DeploymentSecrets, openDeploymentSecrets } from './deployment-secrets.js';

const DEPLOYMENT_SECRETS = Symbol('DEPLOYMENT_SECRETS');

/** Where keys and logins of this installation come from. */
@Global()
@Module({
  providers: [
    {
      provide: DEPLOYMENT_SECRETS,
      inject: [Config, Logger],
      useFactory: (config: Config, logger: Logger) =>
        openDeploymentSecrets(config, (level, message, fields) =>
          logger.write(level, message, fields),
        ),
    },
    {
      provide: MASTER_KEY_STORE,
      inject: [DEPLOYMENT_SECRETS],
      useFactory: ({ keys }: DeploymentSecrets): MasterKeyStore => keys,
    },
    { provide: KEY_RING, useExisting: MASTER_KEY_STORE },
    {
      provide: SensitiveValues,
      inject: [DEPLOYMENT_SECRETS],
      useFactory: ({ hashKey }: DeploymentSecrets) => new SensitiveValues(hashKey),
    },
    {
      provide: DATABASE_CREDENTIALS,
      inject: [DEPLOYMENT_SECRETS],
      useFactory: ({ databaseCredentials }: DeploymentSecrets) => databaseCredentials,
    },
    {
      provide: HEALTH_CHECKS,
      inject: [DEPLOYMENT_SECRETS],
      useFactory: ({ checks }: DeploymentSecrets) => checks,
    },
  ],
  exports: [MASTER_KEY_STORE, KEY_RING, SensitiveValues, DATABASE_CREDENTIALS, HEALTH_CHECKS],
})
export class SecretsModule implements OnApplicationShutdown {
  constructor(@Inject(DEPLOYMENT_SECRETS) private readonly secrets: DeploymentSecrets) {}

  async onApplicationShutdown(): Promise<void> {
    await this.secrets.close();
  }
}
