import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Principal } from '../auth/principal.js';
import { HttpMetrics } from './http-metrics.js';
import { TenantMetrics } from './tenant-metrics.js';

/** Measures every request. Call before `init()`. */
export function observeRequests(app: NestFastifyApplication): void {
  const metrics = app.get(HttpMetrics);
  const tenants = app.get(TenantMetrics);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onResponse', (request, reply, done) => {
      metrics.observe({
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status: reply.statusCode,
        seconds: reply.elapsedTime / 1000,
      });
      const { user } = request as typeof request & { readonly user?: Principal };
      if (user !== undefined) tenants.countRequest(user.organizationId, reply.statusCode);
      done();
    });
}
