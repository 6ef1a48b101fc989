import { Global, Module } from '@nestjs/common';
import { Config } from './core/config/index.js';
import { QuotaLimiter, RedisBuckets } from './core/http/client/index.js';
import {
  INVENTORY_FACTORIES,
  type InventoryFactory,
  type Provider,
  RATE_LIMITER,
  type RateLimiter,
} from './core/providers/index.js';
import { RedisConnection } from './core/redis/index.js';

type Load = (options: { readonly localCredentials: boolean }) => Promise<InventoryFactory>;

/** Loaded when first asked: a provider's SDK takes 60 to 80 MB, and most environments need one of them. */
const PROVIDERS = {
  aws: async (options) =>
    new (await import('./services/aws/index.js')).AwsInventoryFactory(options),
  azure: async (options) =>
    new (await import('./services/azure/index.js')).AzureInventoryFactory(options),
  gcp: async (options) =>
    new (await import('./services/gcp/index.js')).GcpInventoryFactory(options),
  kubernetes: async (options) =>
    new (await import('./services/kubernetes/index.js')).KubernetesInventoryFactory(options),
} satisfies Partial<Record<Provider, Load>>;

/** Which providers' live sides this installation can read; a new one is one line here. */
@Global()
@Module({
  providers: [
    {
      provide: RATE_LIMITER,
      inject: [RedisConnection],
      useFactory: (redis: RedisConnection): RateLimiter =>
        new QuotaLimiter({ store: sharedBuckets(redis) }),
    },
    {
      provide: INVENTORY_FACTORIES,
      inject: [Config, RATE_LIMITER],
      useFactory: (config: Config, limits: RateLimiter): InventoryFactory[] => {
        const options = { localCredentials: config.get('LOCAL_CREDENTIALS') };
        return Object.entries(PROVIDERS).map(([provider, load]) => ({
          provider: provider as keyof typeof PROVIDERS,
          create: async (connection) => (await load(options)).create(connection, limits),
        }));
      },
    },
  ],
  exports: [INVENTORY_FACTORIES, RATE_LIMITER],
})
export class InventoriesModule {}

/** All workers of the installation keep one account's quotas together. */
function sharedBuckets(redis: RedisConnection): RedisBuckets {
  return new RedisBuckets({
    eval: (script, keys, values) =>
      redis.run((client) => client.eval(script, keys.length, ...keys, ...values)),
  });
}
