import { execFile } from 'node:child_process';
import { readFile, readlink, realpath, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it exists and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether `pid` is a server working in `directory`: process ids are reused, so a number in a file proves nothing. */
async function worksIn(pid: number, directory: string): Promise<boolean> {
  const expected = await realpath(directory);
  const workingDirectory = await readlink(`/proc/${pid}/cwd`).catch(() => null);
  if (workingDirectory !== null) return workingDirectory === expected;
  const { stdout } = await run('ps', ['-o', 'args=', '-p', String(pid)]).catch(() => ({
    stdout: '',
  }));
  return stdout.includes(expected) || stdout.includes(directory);
}

async function waitUntilGone(pid: number, milliseconds: number): Promise<boolean> {
  for (let waited = 0; waited < milliseconds; waited += 50) {
    if (!isAlive(pid)) return true;
    await sleep(50);
  }
  return !isAlive(pid);
}

/**
 * Ends the server a killed run left behind and removes its pid file. The caller holds the lock of the data directory, so
 * whatever still works in it is nobody's. Throws when that server does not end.
 */
export async function clearLeftover(options: {
  readonly pidFile: string;
  readonly directory: string;
  /** In order of force; the last resort must not corrupt data (SIGQUIT for PostgreSQL). */
  readonly signals: readonly NodeJS.Signals[];
}): Promise<void> {
  const text = await readFile(options.pidFile, 'utf8').catch(() => null);
  if (text === null) return;
  const pid = Number.parseInt(text, 10);
  if (pid > 1 && isAlive(pid) && (await worksIn(pid, options.directory))) {
    let gone = false;
    for (const signal of options.signals) {
      process.kill(pid, signal);
      gone = await waitUntilGone(pid, 10_000);
      if (gone) break;
    }
    if (!gone) {
      throw new Error(
        `Process ${pid} of an earlier run still works in ${options.directory} and does not end. Stop it (kill -9 ${pid}) and start again.`,
      );
    }
  }
  await rm(options.pidFile, { force: true });
}
