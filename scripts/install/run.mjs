import { spawn, spawnSync } from 'node:child_process';
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
    const watch = whenNpmDies(() => child.kill('SIGTERM'));
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      clearInterval(watch);
      for (const name of FORWARDED) process.off(name, forward);
      resolve(code ?? 128 + (SIGNAL_NUMBERS[signal] ?? 0));
    });
  });
}

/**
 * Started through npm, calls back once npm is gone: killed hard, it cannot tell anybody. npm is our parent, or the parent of
 * the shell it runs scripts with.
 */
function whenNpmDies(callback) {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const parent = process.ppid;
  const [shellParent, command] = parentOf(parent);
  const npm = /^(?:npm|node)/.test(command) ? null : shellParent;
  const timer = setInterval(() => {
    if (process.ppid === parent && (npm === null || isAlive(npm))) return;
    clearInterval(timer);
    callback();
  }, 1000);
  return timer;
}

/** Parent and command of a process; empty where `ps` is missing. */
function parentOf(pid) {
  const { stdout } = spawnSync('ps', ['-o', 'ppid=,comm=', '-p', String(pid)], {
    encoding: 'utf8',
  });
  const [parent, command = ''] = (stdout ?? '').trim().split(/\s+/);
  return [Number(parent) || null, command.split('/').at(-1)];
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
