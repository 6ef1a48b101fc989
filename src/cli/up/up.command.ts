import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { DomainError } from '../../core/errors/index.js';
import { isPortFree, startEmbeddedPostgres, startPrivateRedis } from '../../embedded/index.js';
import type { CommandContext } from '../command-context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { Interrupted } from '../interruption.js';
import { createProgress } from '../output/progress.js';
import { scanExitCode } from '../scan/exit-code.js';
import { ApiClient } from './api-client.js';
import { startChild } from './child-process.js';
import { openDataDirectory, type DataDirectory } from './data-directory.js';
import { ensureDatabaseOwner } from './database-owner.js';
import { registerExampleEstate } from './example-estate.js';
import { takeInstanceLock } from './instance-lock.js';
import { findRedisCommand } from './redis-command.js';
import { RunningParts } from './running-parts.js';
import { startSandboxClouds, type SandboxClouds } from './sandbox-clouds.js';
import { scanEnvironments, type EnvironmentResult } from './scan-environments.js';
import { loadSecrets } from './secrets.js';
import { serviceEnvironment, setUpEnvironment, type ServiceFacts } from './service-environment.js';
import { runSetUp, waitUntilReady } from './service-processes.js';
import { OPERATOR } from './set-up-report.js';
import type { UpOptions } from './up-options.js';
import { writeAccess, writeMovedCluster, writeResults, writeWelcome } from './up-output.js';

const built = (relative: string): string =>
  fileURLToPath(new URL(`../../../${relative}`, import.meta.url));
const EXAMPLES = built('../examples');

/** `driftguard up`: everything this machine needs to run DriftGuard, in the foreground. */
export async function runUp(options: UpOptions, context: CommandContext): Promise<ExitCode> {
  const directory = await openDataDirectory(
    path.resolve(context.workingDirectory, options.dataDir),
  );
  const lock = await takeInstanceLock(directory.lockFile, options.port);
  const parts = new RunningParts();
  try {
    await refuseOccupiedPort(options.port);
    const work = start(options, directory, parts, context);
    return await Promise.race([work, parts.failure]);
  } catch (error) {
    // Aborting a pause or a request rejects with the platform's own error; the reason is what counts.
    const reason: unknown = context.signal.reason;
    if (!options.once && reason instanceof Interrupted) return EXIT.inSync;
    throw context.signal.aborted ? reason : error;
  } finally {
    await stopAll(parts, context);
    await lock.release();
  }
}

async function start(
  options: UpOptions,
  directory: DataDirectory,
  parts: RunningParts,
  context: CommandContext,
): Promise<ExitCode> {
  const { signal } = context;
  const progress = createProgress(context.stderr);
  const base = `http://127.0.0.1:${options.port}`;
  const secrets = await loadSecrets(directory.secretsFile);

  progress.update('Starting PostgreSQL and Redis');
  const postgres = await startEmbeddedPostgres({ dataDir: directory.postgres });
  parts.addServer('PostgreSQL', postgres);
  if (!postgres.clusterFolder.startsWith(directory.root)) {
    progress.clear();
    writeMovedCluster(context, postgres.clusterFolder);
  }
  const redis = await startPrivateRedis({
    dataDir: directory.redis,
    command: findRedisCommand(context.environment.PATH ?? ''),
  });
  parts.addServer('Redis', redis);
  signal.throwIfAborted();

  const examples = options.example && existsSync(EXAMPLES) ? EXAMPLES : null;
  const facts: ServiceFacts = { port: options.port, postgres, redis, secrets, examples };
  progress.update('Preparing the database');
  await ensureDatabaseOwner(postgres.url, secrets.ownerPassword);
  const setUp = await runSetUp(built('src/cli/up/set-up.js'), setUpEnvironment(facts));
  progress.clear();
  // At once: whatever fails from here on, the password exists and is shown only now.
  writeWelcome(context, setUp.administrator);
  signal.throwIfAborted();

  progress.update('Starting the API and the worker');
  const sandbox = examples === null ? null : await startSandbox(examples, directory, signal);
  if (sandbox !== null) parts.addChild(sandbox.child);
  for (const [name, entry] of [
    ['api', 'src/main.js'],
    ['worker', 'src/worker.js'],
  ] as const) {
    parts.addChild(
      startChild({
        name,
        entry: built(entry),
        environment: serviceEnvironment(facts),
        logFolder: directory.logs,
      }),
    );
  }
  await waitUntilReady(base, signal);
  progress.clear();

  const api = new ApiClient(
    base,
    { username: OPERATOR, password: secrets.operatorPassword },
    signal,
  );
  await api.login();
  const environments =
    sandbox === null || examples === null
      ? await api.listEnvironments()
      : await registerExampleEstate(api, examples, sandbox.addresses);
  const results = await scanEnvironments(api, environments, progress, signal);
  writeResults(context, results);
  if (options.once) return worstExitCode(results);
  writeAccess(context, base);
  return new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}

function startSandbox(
  examples: string,
  directory: DataDirectory,
  signal: AbortSignal,
): Promise<SandboxClouds> {
  return startSandboxClouds({
    entry: built('sandbox/main.js'),
    estate: path.join(examples, 'live'),
    logFolder: directory.logs,
    signal,
  });
}

/** A failed scan is an error; else drift anywhere is drift; else a gap anywhere keeps "in sync" from being said. */
function worstExitCode(results: readonly EnvironmentResult[]): ExitCode {
  const codes = results.map(({ scan, result }) => {
    if (result === null) return EXIT.error;
    const code = scanExitCode(result, 'confirmed');
    return code === EXIT.inSync && scan.status === 'partial' ? EXIT.partialCoverage : code;
  });
  const order = [EXIT.error, EXIT.drift, EXIT.partialCoverage];
  return order.find((code) => codes.includes(code)) ?? EXIT.inSync;
}

async function refuseOccupiedPort(port: number): Promise<void> {
  if (await isPortFree(port)) return;
  throw new DomainError({
    code: 'UP.PORT_OCCUPIED',
    kind: 'conflict',
    message: `Port ${port} is taken by another program. Choose another one: npm start -- --port ${port + 1}`,
    details: { port },
  });
}

async function stopAll(parts: RunningParts, context: CommandContext): Promise<void> {
  const progress = createProgress(context.stderr);
  progress.update('Stopping');
  await parts.stop();
  progress.clear();
}
