import { execFile } from 'node:child_process';
import { chown, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { SHARED_STATE_DIR } from './postgres-binaries.js';
import { keptSecret } from './private-file.js';
import { isReachableBy, type SystemUser } from './system-user.js';

const run = promisify(execFile);

/**
 * Normally `<dataDir>/cluster`. A root whose home is closed to the server's own user keeps it in a shared place instead,
 * under a name only this data directory knows; what directories that are gone left there is removed.
 */
export async function clusterFolder(dataDir: string, user: SystemUser | null): Promise<string> {
  if (user === null || (await isReachableBy(user, dataDir))) return path.join(dataDir, 'cluster');
  await mkdir(SHARED_STATE_DIR, { recursive: true, mode: 0o755 });
  await removeAbandonedClusters();
  const id = await keptSecret(path.join(dataDir, ID_FILE));
  return path.join(SHARED_STATE_DIR, `cluster-${id}`);
}

const ID_FILE = 'cluster-id';
const COMPLETE = '.complete';

async function removeAbandonedClusters(): Promise<void> {
  for (const name of await readdir(SHARED_STATE_DIR)) {
    if (!name.startsWith('cluster-') || !name.endsWith(COMPLETE)) continue;
    const owner = await readFile(path.join(SHARED_STATE_DIR, name), 'utf8');
    const cluster = name.slice(0, -COMPLETE.length);
    const id = await readFile(path.join(owner, ID_FILE), 'utf8').catch(() => '');
    if (`cluster-${id.trim()}` === cluster) continue;
    await rm(path.join(SHARED_STATE_DIR, cluster), { recursive: true, force: true });
    await rm(path.join(SHARED_STATE_DIR, name), { force: true });
  }
}

/** Runs initdb once; a cluster whose initdb was cut short is made anew. */
export async function createCluster(options: {
  readonly initdb: string;
  readonly dataDir: string;
  readonly cluster: string;
  readonly password: string;
  readonly user: SystemUser | null;
  readonly durability: 'full' | 'none';
}): Promise<void> {
  const { cluster, user } = options;
  // Written last: without it an earlier initdb was cut short, and what it left is of no use.
  const complete = `${cluster}${COMPLETE}`;
  const kept = await Promise.all([stat(complete), stat(cluster)]).then(
    () => true,
    () => false,
  );
  if (kept) return;
  await rm(cluster, { recursive: true, force: true });
  await mkdir(cluster, { mode: 0o700 });
  const secrets = await mkdtemp(path.join(os.tmpdir(), 'driftguard-initdb-'));
  const passwordFile = path.join(secrets, 'password');
  try {
    await writeFile(passwordFile, `${options.password}\n`, { mode: 0o600 });
    if (user !== null) {
      for (const owned of [cluster, secrets, passwordFile]) await chown(owned, user.uid, user.gid);
    }
    await run(
      options.initdb,
      [
        `--pgdata=${cluster}`,
        '--username=postgres',
        '--auth=scram-sha-256',
        `--pwfile=${passwordFile}`,
        '--encoding=UTF8',
        '--locale=C',
        // Same order on every machine, and the index order of keyset cursors.
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        ...(options.durability === 'none' ? ['--no-sync'] : []),
      ],
      { cwd: cluster, env: { PATH: process.env.PATH, LC_ALL: 'C' }, ...(user ?? {}) },
    );
    await writeFile(complete, options.dataDir);
  } finally {
    await rm(secrets, { recursive: true, force: true });
  }
}
