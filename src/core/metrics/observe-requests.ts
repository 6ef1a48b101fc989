import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { HttpMetrics } from './http-metrics.js';

/** Measures every request. Call before `init()`. */
export function observeRequests(app: NestFastifyApplication): void {
  const metrics = app.get(HttpMetrics);
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
      done();
    });
}
