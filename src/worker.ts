import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import type { Config } from './core/config/index.js';
import { Logger } from './core/logging/index.js';
import { MetricsServer } from './core/metrics/index.js';
import { JobWorker } from './core/queue/index.js';
import { loadDeploymentConfig } from './deployment-config.js';
import { LostScans } from './modules/drifts/index.js';
import { Housekeeping } from './modules/organizations/index.js';

async function startWorker(config: Config): Promise<void> {
  const app = await NestFactory.createApplicationContext(AppModule.forRoot(config), {
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(app.get(Logger));
  app.enableShutdownHooks();
  await app.get(MetricsServer).start();
  app.get(JobWorker).start();
  app.get(LostScans).watch();
  app.get(Housekeeping).watch();
  app.get(Logger).write('info', 'the worker takes jobs');
}

try {
  await startWorker(await loadDeploymentConfig());
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
