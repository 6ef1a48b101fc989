import { Module } from '@nestjs/common';
import { INVENTORY_FACTORIES, type InventoryFactory } from './core/providers/index.js';
import { AwsInventoryFactory, AwsModule } from './services/aws/index.js';

/** Which providers' live sides this installation can read; a new one is one line here. */
@Module({
  imports: [AwsModule],
  providers: [
    {
      provide: INVENTORY_FACTORIES,
      inject: [AwsInventoryFactory],
      useFactory: (...factories: InventoryFactory[]) => factories,
    },
  ],
  exports: [INVENTORY_FACTORIES],
})
export class InventoriesModule {}
