// npm run bench:scan: memory and time of the worker's scan of a large estate, beside only reading its pages.
import { execFile, spawn } from 'node:child_process';
import { randomUUIDv7 } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { startPrivateRedis } from '../src/embedded/index.js';
import type { ScanMeasurement, ScanTask } from './memory/scan-worker.js';
import { ACCOUNT, REGIONS, writeEstate } from './generate-live.js';
import { startBenchDatabase } from './ingest/bench-database.js';
import { numberOption, printTable, say } from './table.js';

const COUNT = numberOption('resources', 100_000);
const HEAP_MB = numberOption('heap', 208);
const run = promisify(execFile);
const folder = await mkdtemp(path.join(os.tmpdir(), 'driftguard-bench-'));

interface Sandbox {
  readonly aws: {
    readonly endpoint: string;
    readonly accounts: readonly {
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
    }[];
  };
}

async function startSandbox(): Promise<readonly [sandbox: Sandbox, stop: () => void]> {
  const main = path.join(import.meta.dirname, '../sandbox/main.js');
  const child = spawn(
    process.execPath,
    [main, '--estate', path.join(folder, 'live'), '--exit-with-parent'],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return [JSON.parse(line.toString()) as Sandbox, () => child.kill()];
}

await writeEstate(folder, COUNT);
const { size: bytes } = await stat(path.join(folder, 'terraform.tfstate'));
const [{ aws }, stopSandbox] = await startSandbox();
const redis = await startPrivateRedis({ dataDir: path.join(folder, 'redis'), durability: 'none' });
const database = await startBenchDatabase();
try {
  const { config, context, environmentId, sourceId, sql } = database;
  const { organizationId } = context;
  const settings = { types: ['AWS::EC2::SecurityGroup'], regions: REGIONS, endpoint: aws.endpoint };
  await sql.transaction(context, async (client) => {
    await client.query(
      `update environments set cloud_settings = cloud_settings || $2::jsonb where organization_id = $1`,
      [
        organizationId,
        JSON.stringify({ namespaces: [], unmanaged: 'declared-types', ...settings }),
      ],
    );
    await client.query(
      `update iac_sources set location = 'path', path = $3 where organization_id = $1 and id = $2`,
      [organizationId, sourceId, path.join(folder, 'terraform.tfstate')],
    );
  });
  const environment = {
    ...process.env,
    NODE_ENV: 'testing',
    DB_HOST: config.get('DB_HOST'),
    DB_PORT: String(config.get('DB_PORT')),
    DB_NAME: config.get('DB_NAME'),
    DB_OWNER_USER: config.get('DB_OWNER_USER'),
    DB_OWNER_PASSWORD: config.get('DB_OWNER_PASSWORD'),
    REDIS_URL: redis.url,
    LOCAL_SOURCES_ROOT: folder,
    OUTBOUND_ALLOW: '*',
    LOG_LEVEL: 'warn',
  };
  const [account] = aws.accounts;
  const credentials = {
    accessKeyId: account?.accessKeyId ?? '',
    secretAccessKey: account?.secretAccessKey ?? '',
  };
  const measure = async (what: ScanTask['what']): Promise<ScanMeasurement & { counts: object }> => {
    const scanId = randomUUIDv7();
    await sql.transaction(context, (client) =>
      client.query(
        `insert into scan_runs (organization_id, id, environment_id, status, trigger) values ($1, $2, $3, 'running', 'api')`,
        [organizationId, scanId, environmentId],
      ),
    );
    const { endpoint } = aws;
    const task: ScanTask = { what, organizationId, environmentId, scanId, endpoint, credentials };
    const { stdout } = await run(
      process.execPath,
      [`--max-old-space-size=${HEAP_MB}`, path.join(import.meta.dirname, 'memory/scan-worker.js')],
      { env: { ...environment, BENCH_TASK: JSON.stringify(task) }, maxBuffer: 1e8 },
    );
    const rows = await sql.read<{ counts: object }>(
      context,
      'select counts from scan_runs where organization_id = $1 and id = $2',
      [organizationId, scanId],
    );
    await sql.transaction(context, (client) =>
      client.query(
        `update scan_runs set status = 'failed' where organization_id = $1 and status = 'running'`,
        [organizationId],
      ),
    );
    return { ...(JSON.parse(stdout) as ScanMeasurement), counts: rows[0]?.counts ?? {} };
  };
  say(
    `${COUNT} declared resources (state of ${(bytes / 1e6).toFixed(0)} MB), ${COUNT} live ones of account ${ACCOUNT} in ${REGIONS.length} regions, heap limit ${HEAP_MB} MB`,
  );
  const rows: string[][] = [['what', 'seconds', 'peak RSS MB', 'idle RSS MB', 'stages']];
  for (const [name, what] of [
    ['only reading the pages', 'pages'],
    ['first scan', 'scan'],
    ['second scan, nothing changed', 'scan'],
  ] as const) {
    const one = await measure(what);
    const stages = Object.entries(one.stages).map(([stage, s]) => `${stage} ${s.toFixed(1)}`);
    rows.push([
      name,
      one.seconds.toFixed(1),
      (one.peakBytes / 1e6).toFixed(0),
      (one.idleBytes / 1e6).toFixed(0),
      what === 'pages' ? String(one.resources) : stages.join(', '),
    ]);
    say(`${name}: ${JSON.stringify(one.counts)}`);
  }
  printTable(rows);
} finally {
  await database.stop();
  await redis.stop();
  stopSandbox();
  await rm(folder, { recursive: true, force: true });
}
