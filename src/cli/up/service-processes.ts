import { fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '../../core/errors/index.js';
import type { SetUpReport } from './set-up-report.js';

/** Runs the set-up process to its end. @throws DomainError with what it wrote when it failed */
export async function runSetUp(
  entry: string,
  environment: Readonly<Record<string, string>>,
): Promise<SetUpReport> {
  const child = fork(entry, [], {
    execArgv: [],
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const reports: SetUpReport[] = [];
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  child.on('message', (message: SetUpReport) => reports.push(message));
  await new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve());
  });
  const [report] = reports;
  if (report !== undefined) return report;
  throw new DomainError({
    code: 'UP.SET_UP_FAILED',
    kind: 'unavailable',
    message: `The database could not be set up:\n${errors.trimEnd()}`,
  });
}

/** Resolves when the API says that it and what it depends on are ready. */
export async function waitUntilReady(base: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    const ready = await fetch(`${base}/health/ready`, { signal }).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return;
    await sleep(100, undefined, { signal });
  }
}
