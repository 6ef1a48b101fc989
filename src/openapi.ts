import 'reflect-metadata';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { parseConfig } from './core/config/index.js';
import { API_PREFIX, createHttpAdapter, UNPREFIXED } from './core/http/index.js';
import { describeApi } from './describe-api.js';

const FILE = 'openapi/driftguard.json';

// In preview mode Nest knows every controller and builds none of them: no database, no Redis.
const config = parseConfig({ NODE_ENV: 'testing' });
const app = await NestFactory.create<NestFastifyApplication>(
  AppModule.forRoot(config),
  createHttpAdapter(config),
  { preview: true, logger: false, abortOnError: false },
);
app.setGlobalPrefix(API_PREFIX, { exclude: UNPREFIXED });
const text = `${JSON.stringify(describeApi(app), null, 2)}\n`;

if (!process.argv.includes('--check')) {
  mkdirSync(path.dirname(FILE), { recursive: true });
  writeFileSync(FILE, text);
  process.stdout.write(`wrote ${FILE}\n`);
} else if (!existsSync(FILE) || readFileSync(FILE, 'utf8') !== text) {
  process.stderr.write(`${FILE} is not what the code says; run \`npm run openapi\`\n`);
  process.exitCode = 1;
}
