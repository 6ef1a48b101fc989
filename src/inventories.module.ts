import { Module } from '@nestjs/common';
import { Config } from './core/config/index.js';
import { INVENTORY_FACTORIES, type InventoryFactory } from './core/providers/index.js';
import { AwsInventoryFactory } from './services/aws/index.js';
import { AzureInventoryFactory } from './services/azure/index.js';
import { GcpInventoryFactory } from './services/gcp/index.js';
import { KubernetesInventoryFactory } from './services/kubernetes/index.js';

/** Which providers' live sides this installation can read; a new one is one line here. */
@Module({
  providers: [
    {
      provide: INVENTORY_FACTORIES,
      inject: [Config],
      useFactory: (config: Config): InventoryFactory[] => {
        const localCredentials = config.get('LOCAL_CREDENTIALS');
        return [
          new AwsInventoryFactory({ localCredentials }),
          new AzureInventoryFactory({ localCredentials }),
          new GcpInventoryFactory({ localCredentials }),
          new KubernetesInventoryFactory({ localCredentials }),
        ];
      },
    },
  ],
  exports: [INVENTORY_FACTORIES],
})
export class InventoriesModule {}
