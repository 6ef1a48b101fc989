// The API on a private PostgreSQL and Redis, with one user to log in.
import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApi } from '../../src/api.js';
import { parseConfig } from '../../src/core/config/index.js';
import { migrate } from '../../src/core/database/index.js';
import { startEmbeddedPostgres, startPrivateRedis } from '../../src/embedded/index.js';

export const PASSWORD = 'gardens of tomorrow 42';

export interface BenchApi {
  readonly app: NestFastifyApplication;
  readonly credentials: { organization: string; username: string; password: string };
  stop(): Promise<void>;
}

export async function startBenchApi(): Promise<BenchApi> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'driftguard-bench-'));
  // As root the server runs as another user, who must be able to pass.
  await chmod(folder, 0o711);
  const postgres = await startEmbeddedPostgres({ dataDir: path.join(folder, 'postgres') });
  const redis = await startPrivateRedis({ dataDir: path.join(folder, 'redis') });
  const config = parseConfig({
    NODE_ENV: 'testing',
    DB_HOST: postgres.host,
    DB_PORT: String(postgres.port),
    DB_NAME: 'driftguard_bench',
    DB_OWNER_USER: postgres.user,
    DB_OWNER_PASSWORD: postgres.password,
    REDIS_URL: redis.url,
    LOG_LEVEL: 'silent',
  });
  await migrate(config);
  const app = await createApi(config);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const slug = `org-${randomUUID().slice(0, 8)}`;
  const registered = await app.inject({
    method: 'POST',
    url: '/api/v1/auth/register',
    payload: {
      organization: { name: slug, slug },
      username: 'grace',
      email: 'grace@example.com',
      password: PASSWORD,
    },
  });
  if (registered.statusCode !== 201) throw new Error(registered.body);
  return {
    app,
    credentials: { organization: slug, username: 'grace', password: PASSWORD },
    async stop() {
      await app.close();
      await Promise.all([postgres.stop(), redis.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
