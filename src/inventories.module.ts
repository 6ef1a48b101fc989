import { Module } from '@nestjs/common';
import { Config } from './core/config/index.js';
import { QuotaLimiter, RedisBuckets } from './core/http/client/index.js';
import { INVENTORY_FACTORIES, type InventoryFactory } from './core/providers/index.js';
import { RedisConnection } from './core/redis/index.js';
import { AwsInventoryFactory } from './services/aws/index.js';
import { AzureInventoryFactory } from './services/azure/index.js';
import { GcpInventoryFactory } from './services/gcp/index.js';
import { KubernetesInventoryFactory } from './services/kubernetes/index.js';

/** Which providers' live sides this installation can read; a new one is one line here. */
@Module({
  providers: [
    {
      provide: INVENTORY_FACTORIES,
      inject: [Config, RedisConnection],
      useFactory: (config: Config, redis: RedisConnection): InventoryFactory[] => {
        const localCredentials = config.get('LOCAL_CREDENTIALS');
        const limits = new QuotaLimiter({ store: sharedBuckets(redis) });
        const factories: InventoryFactory[] = [
          new AwsInventoryFactory({ localCredentials }),
          new AzureInventoryFactory({ localCredentials }),
          new GcpInventoryFactory({ localCredentials }),
          new KubernetesInventoryFactory({ localCredentials }),
        ];
        return factories.map((factory) => ({
          provider: factory.provider,
          create: (connection) => factory.create(connection, limits),
        }));
      },
    },
  ],
  exports: [INVENTORY_FACTORIES],
})
export class InventoriesModule {}

/** All workers of the installation keep one account's quotas together. */
function sharedBuckets(redis: RedisConnection): RedisBuckets {
  return new RedisBuckets({
    eval: (script, keys, values) =>
      redis.run((client) => client.eval(script, keys.length, ...keys, ...values)),
  });
}
