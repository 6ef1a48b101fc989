import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { DomainError } from '../../core/errors/index.js';
import { isAlive } from '../../embedded/index.js';

const run = promisify(execFile);

export interface LockHolder {
  readonly pid: number;
  readonly port: number;
}

/** Holds a data directory for one process. */
export interface InstanceLock {
  release(): Promise<void>;
}

/**
 * Takes the lock of a data directory. A lock whose process is gone, or whose process id now belongs to something else,
 * was left by a killed run and is taken over.
 *
 * @throws DomainError `UP.ALREADY_RUNNING` naming process and port of the live one.
 */
export async function takeInstanceLock(
  file: string,
  port: number,
  isOurs: (pid: number) => Promise<boolean> = isDriftGuard,
): Promise<InstanceLock> {
  const holder: LockHolder = { pid: process.pid, port };
  for (;;) {
    try {
      await writeFile(file, JSON.stringify(holder), { flag: 'wx', mode: 0o600 });
      return { release: () => rm(file, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const other = await readHolder(file);
    if (
      other !== null &&
      other.pid !== process.pid &&
      isAlive(other.pid) &&
      (await isOurs(other.pid))
    ) {
      throw alreadyRunning(other);
    }
    await rm(file, { force: true });
  }
}

/** Null when nobody holds it, or for a file cut short by a crash. */
export async function readHolder(file: string): Promise<LockHolder | null> {
  try {
    const holder = JSON.parse(await readFile(file, 'utf8')) as Partial<LockHolder>;
    return typeof holder.pid === 'number' ? { pid: holder.pid, port: holder.port ?? 0 } : null;
  } catch {
    return null;
  }
}

async function isDriftGuard(pid: number): Promise<boolean> {
  const { stdout } = await run('ps', ['-o', 'args=', '-p', String(pid)]).catch(() => ({
    stdout: '',
  }));
  if (stdout !== '') return /cli\.js\s+up\b/.test(stdout);
  const cmdline = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return `${cmdline}\0`.includes('cli.js\0up\0');
}

function alreadyRunning({ pid, port }: LockHolder): DomainError {
  return new DomainError({
    code: 'UP.ALREADY_RUNNING',
    kind: 'conflict',
    message:
      `DriftGuard already runs on this data directory: process ${pid}, http://127.0.0.1:${port}\n` +
      `Stop it (kill ${pid}), or start a second one with its own folder and port: npm start -- --data-dir <folder> --port <number>`,
    details: { pid, port },
  });
}
