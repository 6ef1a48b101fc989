// A private PostgreSQL with the product's schema and one tenant that has one source.
import { randomUUIDv7 } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { type Config, parseConfig } from '../../src/core/config/index.js';
import { createSystemContext, type TenantContext } from '../../src/core/context/index.js';
import { ConfiguredCredentials, migrate, TenantSql } from '../../src/core/database/index.js';
import { Logger } from '../../src/core/logging/index.js';
import { startEmbeddedPostgres } from '../../src/embedded/index.js';

export interface BenchDatabase {
  readonly config: Config;
  /** Connected as the application role, which owns nothing and is bound by row-level security. */
  readonly sql: TenantSql;
  readonly context: TenantContext;
  readonly environmentId: string;
  readonly sourceId: string;
  /** The owner's connection, for the plain tables of the peers. */
  readonly owner: pg.Client;
  stop(): Promise<void>;
}

export async function startBenchDatabase(): Promise<BenchDatabase> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'driftguard-bench-'));
  const server = await startEmbeddedPostgres({ dataDir });
  const config = parseConfig({
    NODE_ENV: 'testing',
    DB_HOST: server.host,
    DB_PORT: String(server.port),
    DB_NAME: 'driftguard_bench',
    DB_OWNER_USER: server.user,
    DB_OWNER_PASSWORD: server.password,
    LOG_LEVEL: 'silent',
  });
  await migrate(config);
  const sql = new TenantSql(config, Logger.fromConfig(config), new ConfiguredCredentials(config));
  const owner = new pg.Client({
    connectionString: server.url.replace(/\/postgres$/, '/driftguard_bench'),
  });
  await owner.connect();
  const tenant = await createTenant(sql);
  return {
    config,
    sql,
    owner,
    ...tenant,
    async stop() {
      await owner.end();
      await sql.onApplicationShutdown();
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
      if (!server.clusterFolder.startsWith(dataDir))
        await rm(server.clusterFolder, { recursive: true, force: true });
    },
  };
}

async function createTenant(
  sql: TenantSql,
): Promise<Pick<BenchDatabase, 'context' | 'environmentId' | 'sourceId'>> {
  const organizationId = randomUUIDv7();
  const environmentId = randomUUIDv7();
  const sourceId = randomUUIDv7();
  const context = createSystemContext(organizationId, 'bench');
  await sql.transaction(context, async (client) => {
    await client.query(
      `insert into organizations (id, name, slug, contact_email) values ($1, 'Bench', 'bench', 'bench@example.com')`,
      [organizationId],
    );
    await client.query(
      `insert into environments (organization_id, id, name, provider) values ($1, $2, 'bench', 'aws')`,
      [organizationId, environmentId],
    );
    await client.query(
      `insert into iac_sources (organization_id, id, environment_id, name, location) values ($1, $2, $3, 'bench', 'upload')`,
      [organizationId, sourceId, environmentId],
    );
  });
  return { context, environmentId, sourceId };
}
