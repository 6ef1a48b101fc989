import { Module } from '@nestjs/common';
import { GcpInventoryFactory } from './gcp.inventory-factory.js';

@Module({
  providers: [{ provide: GcpInventoryFactory, useFactory: () => new GcpInventoryFactory() }],
  exports: [GcpInventoryFactory],
})
export class GcpModule {}
