import { Module } from '@nestjs/common';
import { KubernetesInventoryFactory } from './kubernetes.inventory-factory.js';

@Module({
  providers: [
    { provide: KubernetesInventoryFactory, useFactory: () => new KubernetesInventoryFactory() },
  ],
  exports: [KubernetesInventoryFactory],
})
export class KubernetesModule {}
