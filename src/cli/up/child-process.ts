import { fork } from 'node:child_process';
import { once } from 'node:events';
import { openSync, closeSync, rmSync } from 'node:fs';
import path from 'node:path';
import { DomainError } from '../../core/errors/index.js';
import { lastLogLines } from '../../embedded/index.js';

export interface ChildOptions {
  /** For messages and the log file's name: `api`, `worker`. */
  readonly name: string;
  /** Absolute path of the built entry point. */
  readonly entry: string;
  readonly args?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly logFolder: string;
}

/** A process of the same build that `up` runs and stops. */
export interface Child {
  readonly name: string;
  readonly logFile: string;
  isRunning(): boolean;
  /** Resolves when it ends without having been asked to, with the reason as a message for people. */
  readonly failed: Promise<DomainError>;
  /** SIGTERM, then waits; SIGKILL when it does not end in time. Safe to call twice. */
  stop(): Promise<void>;
}

const STOP_GRACE_MS = 20_000;

/** Its own session (Ctrl-C reaches only `up`, which stops things in order) and a channel whose end it notices. */
export function startChild(options: ChildOptions): Child {
  const logFile = path.join(options.logFolder, `${options.name}.log`);
  rmSync(logFile, { force: true });
  const log = openSync(logFile, 'a', 0o600);
  const child = fork(options.entry, [...(options.args ?? [])], {
    detached: true,
    execArgv: ['--import', new URL('./die-with-parent.js', import.meta.url).href],
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...options.environment },
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  const ended = once(child, 'exit');
  let stopping = false;
  const failed = new Promise<DomainError>((resolve) => {
    child.on('error', (error) => resolve(childFailed(options.name, error.message, logFile, '')));
    child.on('exit', (code, signal) => {
      if (stopping) return;
      const reason = signal ?? `code ${String(code)}`;
      void lastLogLines(logFile).then((lines) =>
        resolve(childFailed(options.name, reason, logFile, lines)),
      );
    });
  });
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
  return {
    name: options.name,
    logFile,
    isRunning,
    failed,
    async stop() {
      stopping = true;
      if (!isRunning()) return;
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}

function childFailed(name: string, reason: string, logFile: string, lines: string): DomainError {
  return new DomainError({
    code: 'UP.CHILD_FAILED',
    kind: 'unavailable',
    message: `The ${name} ended (${reason}). Its log, ${logFile}, ends with:\n${lines}`,
    details: { name, logFile },
  });
}
