import helmet from '@fastify/helmet';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from '../config/index.js';

const YEAR_SECONDS = 31_536_000;
/** What a page of ours never needs; see the registry at https://github.com/w3c/webappsec-permissions-policy. */
const NO_FEATURES = ['accelerometer', 'camera', 'display-capture', 'geolocation', 'gyroscope']
  .concat(['magnetometer', 'microphone', 'midi', 'payment', 'usb', 'xr-spatial-tracking'])
  .map((feature) => `${feature}=()`)
  .join(', ');

/** Headers that keep browsers from doing more with an answer than it was made for. Nothing inline runs or styles anywhere. */
export async function protectBrowsers(app: NestFastifyApplication, config: Config): Promise<void> {
  const isBehindTls = new URL(config.get('PUBLIC_URL')).protocol === 'https:';
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        fontSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        objectSrc: ["'none'"],
      },
    },
    strictTransportSecurity: isBehindTls
      ? { maxAge: YEAR_SECONDS, includeSubDomains: true }
      : false,
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
  });
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (_request, reply, done) => {
      void reply.header('permissions-policy', NO_FEATURES);
      done();
    });
}

/** Other origins may call the API from a browser only when the operator names them. */
export function allowOrigins(app: NestFastifyApplication, config: Config): void {
  const origins = [...config.get('CORS_ORIGINS')];
  if (origins.length === 0) return;
  app.enableCors({
    origin: origins,
    credentials: true,
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: ['authorization', 'content-type', 'idempotency-key', 'x-correlation-id'],
    exposedHeaders: [
      'idempotency-replayed',
      'location',
      'ratelimit',
      'ratelimit-policy',
      'retry-after',
      'x-correlation-id',
    ],
    maxAge: 600,
  });
}

/**
 * The pages of the API documentation and of the queue board come with styles inline, and one with fonts of another host, which the policy
 * above rightly refuses; all they need stands in the style sheets beside them. A sprite of icons is hidden by an attribute instead.
 */
export function serveWithoutInlineStyles(app: NestFastifyApplication, path: string): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', (request, reply, payload, done) => {
      const isPage = request.url.split('?', 1)[0]?.startsWith(path) === true;
      const type = String(reply.getHeader('content-type') ?? '');
      if (!isPage || !type.startsWith('text/html') || typeof payload !== 'string') {
        done(null, payload);
        return;
      }
      const page = payload
        .replaceAll(/<style[^>]*>[\s\S]*?<\/style>/g, '')
        .replaceAll(/(<svg[^>]*) style="[^"]*"/g, '$1 width="0" height="0"')
        .replaceAll(/(<[a-z][^<>]*) style="[^"]*"/g, '$1')
        .replaceAll(/<link [^<>]*href="https:[^<>]*>/g, '');
      void reply.header('content-length', Buffer.byteLength(page));
      done(null, page);
    });
}
