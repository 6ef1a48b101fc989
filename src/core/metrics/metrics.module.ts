import { Global, Module } from '@nestjs/common';
import { PrometheusModule } from '@willsoto/nestjs-prometheus';
import { HttpMetrics } from './http-metrics.js';
import { JobMetrics } from './job-metrics.js';
import { MetricsController } from './metrics.controller.js';
import { MetricsServer } from './metrics-server.js';
import { TenantMetrics } from './tenant-metrics.js';

@Global()
@Module({
  imports: [PrometheusModule.register({ controller: MetricsController, path: 'metrics' })],
  providers: [HttpMetrics, JobMetrics, MetricsServer, TenantMetrics],
  exports: [HttpMetrics, JobMetrics, MetricsServer, TenantMetrics],
})
export class MetricsModule {}
