import { Module } from '@nestjs/common';
import { AzureInventoryFactory } from './azure.inventory-factory.js';

@Module({
  providers: [{ provide: AzureInventoryFactory, useFactory: () => new AzureInventoryFactory() }],
  exports: [AzureInventoryFactory],
})
export class AzureModule {}
