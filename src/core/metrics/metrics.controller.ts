import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { PrometheusController } from '@willsoto/nestjs-prometheus';
import type { FastifyRequest } from 'fastify';
import { Public } from '../auth/index.js';
import { bearerOf } from '../auth/request-principal.js';
import { TenantMetrics } from './tenant-metrics.js';

/** For Prometheus; nothing of a tenant without the token. Keep it inside the network all the same. */
@ApiExcludeController()
@Public()
@Controller()
export class MetricsController extends PrometheusController {
  constructor(private readonly tenants: TenantMetrics) {
    super();
  }

  @Get()
  override async index(
    @Res({ passthrough: true }) response: unknown,
    @Req() request?: FastifyRequest,
  ): Promise<string> {
    const token = request === undefined ? null : bearerOf(request);
    return (await super.index(response)) + (await this.tenants.exposedTo(token));
  }
}
