import { chmod, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from './free-port.js';
import { keepServer, lastLogLines, type KeptServer } from './kept-server.js';
import { clearLeftover } from './leftover-process.js';
import { findPostgresBinaries } from './postgres-binaries.js';
import { clusterFolder, createCluster } from './postgres-cluster.js';
import { keptSecret } from './private-file.js';
import { postgresUser } from './system-user.js';

export interface EmbeddedPostgresOptions {
  /** A folder of its own: cluster, password and log live in it. The caller makes sure only one process uses it. */
  readonly dataDir: string;
  /** Default: any free port. */
  readonly port?: number;
  /** `none` switches fsync off: for tests, whose data nobody misses. Default `full`. */
  readonly durability?: 'full' | 'none';
}

export interface EmbeddedPostgres {
  readonly host: '127.0.0.1';
  readonly port: number;
  /** The superuser, for migrations and role creation only. */
  readonly user: 'postgres';
  readonly password: string;
  readonly database: 'postgres';
  /** `postgresql://` URL of the superuser; holds the password, never log it. */
  readonly url: string;
  readonly logFile: string;
  /** Normally below the data directory; elsewhere when that is closed to the server's own user. */
  readonly clusterFolder: string;
  onUnexpectedExit(listener: (reason: string) => void): void;
  stop(): Promise<void>;
}

const READY_TIMEOUT_MS = 120_000;
const PORT_ATTEMPTS = 3;
const WITHOUT_DURABILITY = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

/**
 * Starts the PostgreSQL that came with npm, on 127.0.0.1 only. First start makes the cluster and a random superuser
 * password (`password`, mode 0600); later starts keep both. Recovers from a run that was killed at any point.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const dataDir = path.resolve(options.dataDir);
  const user = await postgresUser();
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  // The server's own user must pass through; what is secret in here is 0600 itself.
  if (user !== null) await chmod(dataDir, 0o711);

  const cluster = await clusterFolder(dataDir, user);
  const password = await keptSecret(path.join(dataDir, 'password'));
  const { initdb, postgres } = await findPostgresBinaries(user);
  await createCluster({
    initdb,
    dataDir,
    cluster,
    password,
    user,
    durability: options.durability ?? 'full',
  });
  await clearLeftover({
    pidFile: path.join(cluster, 'postmaster.pid'),
    directory: cluster,
    signals: ['SIGINT', 'SIGQUIT'],
  });

  const logFile = path.join(dataDir, 'postgres.log');
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=100',
    'password_encryption=scram-sha-256',
    ...(options.durability === 'none' ? WITHOUT_DURABILITY : []),
  ];
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort());
    const server = await keepServer({
      command: postgres,
      args: ['-D', cluster, '-p', String(port), ...settings.flatMap((one) => ['-c', one])],
      workingDirectory: cluster,
      user,
      stopSignal: 'SIGINT',
      logFile,
    });
    const url = `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
    if (await isReady(server, url)) {
      return {
        host: '127.0.0.1',
        port,
        user: 'postgres',
        password,
        database: 'postgres',
        url,
        logFile,
        clusterFolder: cluster,
        onUnexpectedExit: (listener) => server.onUnexpectedExit(listener),
        stop: () => server.stop(),
      };
    }
    await server.stop();
    const reason = await lastLogLines(logFile);
    if (attempt < PORT_ATTEMPTS && /could not bind|shared memory block/.test(reason)) {
      await sleep(500);
      continue;
    }
    throw new Error(
      `Embedded PostgreSQL did not start on port ${port} (log: ${logFile}):\n${reason}`,
    );
  }
}

async function isReady(server: KeptServer, url: string): Promise<boolean> {
  for (const deadline = Date.now() + READY_TIMEOUT_MS; Date.now() < deadline;) {
    if (server.exitReason() !== null) return false;
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('SELECT 1');
      return true;
    } catch (error) {
      // 28P01: the password file and the cluster do not belong together; waiting does not help.
      if ((error as { code?: string }).code === '28P01') {
        throw new Error(
          'The password file of the embedded PostgreSQL does not fit its cluster: one of them was replaced. Restore it from a copy, or start anew with another data directory.',
          { cause: error },
        );
      }
      await sleep(40);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  return false;
}
