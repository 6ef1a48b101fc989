import { Module } from '@nestjs/common';
import { AwsInventoryFactory } from './aws.inventory-factory.js';

@Module({
  providers: [{ provide: AwsInventoryFactory, useFactory: () => new AwsInventoryFactory() }],
  exports: [AwsInventoryFactory],
})
export class AwsModule {}
