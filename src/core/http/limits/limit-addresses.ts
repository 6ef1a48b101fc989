import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { RateLimits } from './rate-limits.js';

/** Probes and metrics must tell how things are when nothing else works. */
const UNLIMITED = /^\/(?:health|metrics)(?:[/?]|$)/;

/** Before anything of a request is read or checked. Register after the security headers, so that refusals carry them. */
export function limitAddresses(app: NestFastifyApplication): void {
  const limits = app.get(RateLimits);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', async (request, reply) => {
      if (!UNLIMITED.test(request.url)) await limits.takeOfAddress(request.ip, reply);
    });
}
