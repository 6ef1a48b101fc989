import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { AppModule } from './app.module.js';
import type { Config } from './core/config/index.js';
import { configureHttp, createHttpAdapter, serveWithoutInlineStyles } from './core/http/index.js';
import { Logger } from './core/logging/index.js';
import { observeRequests } from './core/metrics/index.js';
import { mountQueueBoard } from './core/queue-board/index.js';
import { describeApi } from './describe-api.js';

/** The API, ready for `listen()`. For the entry point, `driftguard up` and tests. */
export async function createApi(config: Config): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(config),
    createHttpAdapter(config),
    // Bodies are read by readers of our own, see configureHttp.
    { bufferLogs: true, abortOnError: false, bodyParser: false },
  );
  app.useLogger(app.get(Logger));
  await configureHttp(app);
  observeRequests(app);
  await mountQueueBoard(app);
  serveWithoutInlineStyles(app, '/docs');
  SwaggerModule.setup('docs', app, () => describeApi(app), {
    jsonDocumentUrl: 'openapi.json',
    yamlDocumentUrl: 'openapi.yaml',
    customSiteTitle: 'DriftGuard API',
    // Without the bar of the other one: its picture brings a style inline, which the policy refuses, and its field does nothing here.
    swaggerOptions: { layout: 'BaseLayout' },
  });
  return app;
}
