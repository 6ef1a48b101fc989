// Jest globalSetup: one real PostgreSQL and one real Redis for the whole run, in a temporary folder. Needs a build
// (the npm scripts do it), because Jest's transform does not reach globalSetup's imports.
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

async function start() {
  const { startEmbeddedPostgres, startPrivateRedis } =
    await import('../../dist/src/embedded/index.js');
  const folder = await mkdtemp(path.join(os.tmpdir(), 'driftguard-test-'));
  // As root the server runs as another user, who must be able to pass.
  await chmod(folder, 0o711);
  const started = [];
  const stop = async () => {
    await Promise.all(started.map((server) => server.stop()));
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const postgres = await startEmbeddedPostgres({
      dataDir: path.join(folder, 'postgres'),
      durability: 'none',
    });
    started.push(postgres);
    const redis = await startPrivateRedis({
      dataDir: path.join(folder, 'redis'),
      durability: 'none',
    });
    started.push(redis);
    // Workers inherit the environment. The database URL is the superuser's: tests make their own databases and roles.
    process.env.TEST_DATABASE_URL = postgres.url;
    process.env.TEST_REDIS_URL = redis.url;
    return { stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

export default async function startServers() {
  // Each project of a run names this setup; the servers are started for the first of them.
  globalThis.driftguardTestServers ??= start();
  await globalThis.driftguardTestServers;
}
