import { spawn } from 'node:child_process';
import { SetupError } from './terminal.mjs';

const KEPT_LINES = 30;

/** Runs a command without showing its output; when it fails, the error ends with the output's last lines. */
export function runQuietly(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (chunk) => {
      output = (output + chunk.toString()).slice(-20_000);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    const failed = (reason) => {
      const tail = output.trimEnd().split('\n').slice(-KEPT_LINES).join('\n');
      reject(new SetupError(`${[command, ...args].join(' ')} failed (${reason}).\n${tail}`));
    };
    child.on('error', (error) => failed(error.message));
    child.on('close', (code, signal) =>
      code === 0 ? resolve(output) : failed(signal ?? `code ${code}`),
    );
  });
}

const SIGNAL_NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a command in our place: same terminal, signals passed on, its exit code is the result. The child has an IPC channel
 * so it notices when we are killed hard; started through npm, we notice when npm is and end the child.
 */
export function runInForeground(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      ...options,
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    });
    const forward = (signal) => child.kill(signal);
    for (const signal of FORWARDED) process.on(signal, forward);
    const parent = process.ppid;
    const watch =
      process.env.npm_lifecycle_event === undefined
        ? undefined
        : setInterval(() => {
            if (process.ppid !== parent) child.kill('SIGTERM');
          }, 1000);
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      clearInterval(watch);
      for (const name of FORWARDED) process.off(name, forward);
      resolve(code ?? 128 + (SIGNAL_NUMBERS[signal] ?? 0));
    });
  });
}
