import cookie from '@fastify/cookie';
import { EntityManager, RequestContext } from '@mikro-orm/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Config } from '../config/index.js';
import { runInScope } from '../context/index.js';
import { Logger } from '../logging/index.js';
import { refuseBadUrl } from './bad-url.js';
import { endSilentClients } from './client-silence.js';
import { CORRELATION_HEADER, correlationIdOf } from './correlation.js';
import { readJsonBodies } from './json-body.js';
import { refuseUnknownMethods } from './known-paths.js';
import { limitAddresses } from './limits/index.js';
import { PAGES, readForms } from './pages/forms.js';
import { ProblemFilter } from './problem.filter.js';
import { requestValidation } from './request-validation.js';
import { allowOrigins, protectBrowsers } from './security-headers.js';
import { acceptUploads } from './upload.js';

export const API_PREFIX = 'api/v1';
export const UNPREFIXED = [
  'health',
  'health/live',
  'health/ready',
  'metrics',
  '.well-known/jwks.json',
  ...PAGES,
];
const KEEP_ALIVE_MS = 72_000;
/** From first to last byte; a silent client is cut off long before. */
const LONGEST_UPLOAD_MS = 3_600_000;

/** Fastify as DriftGuard uses it: limits on size and time, one id per request, paths with or without a slash. */
export function createHttpAdapter(config: Config): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: config.get('BODY_LIMIT_BYTES'),
    requestTimeout: LONGEST_UPLOAD_MS,
    connectionTimeout: config.get('REQUEST_TIMEOUT_MS'),
    keepAliveTimeout: KEEP_ALIVE_MS,
    trustProxy: config.get('TRUST_PROXY'),
    genReqId: correlationIdOf,
    forceCloseConnections: 'idle',
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
    frameworkErrors: refuseBadUrl,
    logger: false,
  });
}

/** Everything between the socket and a controller. Call once, before `init()` or `listen()`. */
export async function configureHttp(app: NestFastifyApplication): Promise<void> {
  app.setGlobalPrefix(API_PREFIX, { exclude: UNPREFIXED });
  app.useGlobalPipes(requestValidation());
  app.useGlobalFilters(new ProblemFilter(app.get(Logger)));
  const config = app.get(Config);
  await protectBrowsers(app, config);
  allowOrigins(app, config);
  limitAddresses(app);
  endSilentClients(app);
  readJsonBodies(app, config.get('BODY_LIMIT_BYTES'));
  readForms(app);
  refuseUnknownMethods(app);
  await app.register(cookie);
  await acceptUploads(app);

  const em = app.get(EntityManager);
  app
    .getHttpAdapter()
    .getInstance()
    // After the body was read: reading it would leave the asynchronous scope again.
    .addHook('preHandler', (request, _reply, done) => {
      runInScope({ correlationId: request.id }, () => {
        RequestContext.create(em, done);
      });
    })
    .addHook('onSend', (request, reply, _payload, done) => {
      void reply.header(CORRELATION_HEADER, request.id);
      if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
      done();
    });
}
